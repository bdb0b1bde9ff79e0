import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { VisitDialog } from './visit-dialog.tsx'
import { usePairingWords } from './words.ts'
import './pairing.css'

type Pairing = Result<'GET /households/:householdId/pairings'>['pairings'][number]

/** Who stands by one family, and what they wrote. */
export function PairingsOfHousehold({
  id,
  mayPair,
  mayNote,
}: {
  readonly id: string
  readonly mayPair: boolean
  readonly mayNote: boolean
}) {
  const all = usePairingWords()
  const { family: say } = all
  const said = useSaid()
  const language = useLanguage()
  const [pairing, setPairing] = useState(false)
  const [ending, setEnding] = useState<Pairing>()
  const [noting, setNoting] = useState<Pairing>()
  const loaded = useLoad(`pairings of ${id}`, signal =>
    api('GET /households/:householdId/pairings', { params: { householdId: id }, signal }),
  )
  useLive(['outreach.helperVisited'], loaded.again)
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>{say.title}</h2>
        {mayPair && <Button onClick={() => setPairing(true)}>{say.pair}</Button>}
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['card']} />}
      {loaded.value?.pairings.length === 0 && <p className="second">{say.none}</p>}
      <ul className="pairing-list">
        {loaded.value?.pairings.map(one => (
          <li key={one.id}>
            <span>
              <b>{one.helper}</b> · {said(one.kind.words)} ·{' '}
              {say.stands(
                formatDay(one.fromOn, language),
                one.untilOn ? say.until(formatDay(one.untilOn, language)) : '',
              )}
              {one.reason && ` · ${one.reason}`}
            </span>
            {one.ended ? (
              <Tag tone="plain">{say.ended}</Tag>
            ) : (
              <span className="row">
                {mayNote && (
                  <Button name={`${all.note} ${one.helper}`} onClick={() => setNoting(one)}>
                    {all.note}
                  </Button>
                )}
                {mayPair && (
                  <Button kind="text" name={`${say.end} ${one.helper}`} onClick={() => setEnding(one)}>
                    {say.end}
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {loaded.value && loaded.value.visits.length > 0 && (
        <>
          <h3>{say.visits}</h3>
          <ul className="pairing-list">
            {loaded.value.visits.map(visit => (
              <li key={visit.id}>
                <span>
                  {formatDay(visit.on, language)} · {said(visit.how)} · {say.by(visit.helper, visit.by)}
                  {!visit.met && ` · ${say.notMet}`}
                  <span className="pairing-words">{visit.words}</span>
                  {visit.need && (
                    <span className="pairing-words">
                      <Tag tone="ochre">{say.need}</Tag> {visit.need}
                    </span>
                  )}
                </span>
                {visit.careful && <span className="second small">{say.careful}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {pairing && <PairDialog id={id} onPaired={loaded.again} onClose={() => setPairing(false)} />}
      {ending && <EndDialog pairing={ending} onEnded={loaded.again} onClose={() => setEnding(undefined)} />}
      {noting && (
        <VisitDialog
          pairing={noting.id}
          name={noting.helper}
          onNoted={loaded.again}
          onClose={() => setNoting(undefined)}
        />
      )}
    </Card>
  )
}

const kinds = ['partyMember', 'deputy', 'committeeMember', 'massOrganisation'] as const

function PairDialog({
  id,
  onPaired,
  onClose,
}: {
  readonly id: string
  readonly onPaired: () => void
  readonly onClose: () => void
}) {
  const { family: say } = usePairingWords()
  const today = useToday()
  const helpers = useLoad('helpers', signal => api('GET /helpers', { query: {}, signal }))
  const [helper, setHelper] = useState('')
  const [kind, setKind] = useState<(typeof kinds)[number]>('partyMember')
  const [reach, setReach] = useState('')
  const [untilOn, setUntilOn] = useState('')
  const [nextOn, setNextOn] = useState('')
  const [tried, setTried] = useState(false)
  const [send, sending] = useDeed(async () => {
    await api('POST /households/:householdId/pairings', {
      params: { householdId: id },
      body: {
        helper,
        kind,
        ...(reach.trim().length > 1 ? { reach: reach.trim() } : {}),
        ...(untilOn ? { untilOn } : {}),
        ...(nextOn ? { nextOn } : {}),
      },
    })
    onPaired()
    onClose()
  })
  return (
    <FormDialog
      title={say.pair}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (helper) send()
      }}
      onClose={onClose}
    >
      {helpers.problem && <Failed problem={helpers.problem} again={helpers.again} />}
      {helpers.value?.items.length === 0 && <p className="second">{say.noHelpers}</p>}
      <SelectField
        label={say.helper}
        blank={say.chooseHelper}
        value={helper}
        onChange={setHelper}
        options={(helpers.value?.items ?? []).map(one => ({ value: one.account, label: one.name }))}
        error={tried && !helper ? say.chooseHelper : undefined}
      />
      <SelectField
        label={say.kind}
        value={kind}
        onChange={value => setKind(value as typeof kind)}
        options={kinds.map(value => ({ value, label: say.kinds[value] }))}
      />
      <TextField label={say.reach} hint={say.reachHint} optional maxLength={80} value={reach} onChange={setReach} />
      <DayField label={say.nextOn} above min={today} value={nextOn} onChange={setNextOn} />
      <DayField label={say.untilOn} above min={today} value={untilOn} onChange={setUntilOn} />
    </FormDialog>
  )
}

function EndDialog({
  pairing,
  onEnded,
  onClose,
}: {
  readonly pairing: Pairing
  readonly onEnded: () => void
  readonly onClose: () => void
}) {
  const { family: say } = usePairingWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /pairings/:pairingId/end', { params: { pairingId: pairing.id }, body: { reason: reason.trim() } })
    onEnded()
    onClose()
  })
  return (
    <FormDialog
      title={`${say.end} · ${pairing.helper}`}
      deed={sending}
      save={say.end}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.endReason}
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={tried && short ? say.must : undefined}
      />
    </FormDialog>
  )
}
