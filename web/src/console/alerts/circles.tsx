import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Fold } from '../../parts/fold.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { FormDialog } from '../form-dialog.tsx'
import { HelpThatEnds, HelpThatEndsNow } from './help-that-ends.tsx'
import { useAlertWords } from './words/index.ts'

type Candidate = Result<'GET /circle-candidates'>['items'][number]
type Decision = Result<'GET /circle-decisions'>['items'][number]
type Say = 'confirmed' | 'refused' | 'withdrawn'

/** Who the rules would have enter the base or move outward: one person proposes, another confirms. */
export function Circles() {
  const { circles: words } = useAlertWords()
  const candidates = useLoad('circle candidates', signal => api('GET /circle-candidates', { signal }))
  const decisions = useLoad('circle decisions', signal => api('GET /circle-decisions', { signal }))
  const again = () => {
    candidates.again()
    decisions.again()
  }
  useLive(['registry.circleDecision'], again)
  return (
    <div className="desk-pile">
      <Card label={words.decisions}>
        <h2>{words.decisions}</h2>
        {decisions.problem && <Failed problem={decisions.problem} again={decisions.again} at={decisions.at} />}
        {!decisions.value && !decisions.problem && <Skeleton shape={['card']} />}
        {decisions.value?.items.length === 0 && <p className="second">{words.noDecisions}</p>}
        <ul className="circle-list">
          {decisions.value?.items.map(one => (
            <DecisionLine key={one.id} one={one} again={again} />
          ))}
        </ul>
      </Card>
      <Card label={words.candidates}>
        <h2>{words.candidates}</h2>
        <p className="second small">{words.candidatesText}</p>
        {candidates.problem && <Failed problem={candidates.problem} again={candidates.again} at={candidates.at} />}
        {!candidates.value && !candidates.problem && <Skeleton shape={['card', 'card']} />}
        {candidates.value?.items.length === 0 && <p className="second">{words.noCandidates}</p>}
        <ul className="circle-list">
          {candidates.value?.items.map(one => (
            <CandidateLine key={one.household.id} one={one} again={again} />
          ))}
        </ul>
      </Card>
    </div>
  )
}

function Moves({ one }: { readonly one: Pick<Candidate, 'household' | 'place' | 'kind' | 'moves'> }) {
  const { circles: words, ...all } = useAlertWords()
  const said = useSaid()
  const { colon } = useMarks()
  const name = (circle: number | null) => (circle === null ? words.outside : words.in(circle))
  return (
    <>
      <p>
        <Tag tone={one.kind === 'entry' ? 'river' : 'ochre'}>{words.kinds[one.kind]}</Tag>{' '}
        <Link to={`/registry/${one.household.id}`} data-row>
          {all.familyOf(one.household.head)}
        </Link>{' '}
        <span className="second small">
          {one.place.township}
          {one.place.name}
        </span>
      </p>
      <ul className="second small">
        {one.moves.map(m => (
          <li key={m.person?.id ?? ''}>
            {m.person?.name ?? words.household}
            {colon}
            {words.move(name(m.from), name(m.to))}
            {m.because && ` · ${said(m.because)}`}
          </li>
        ))}
      </ul>
    </>
  )
}

function CandidateLine({ one, again }: { readonly one: Candidate; readonly again: () => void }) {
  const { circles: words } = useAlertWords()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <Moves one={one} />
      {one.since && <p className="second small">{words.since(formatDay(one.since, language))}</p>}
      {!one.ripe && (
        <p className="second small">
          {one.from && words.from(formatDay(one.from, language))}
          {!one.visited && ` · ${words.noVisit}`}
        </p>
      )}
      {one.ripe && (
        <div className="row">
          <Button onClick={() => setOpen(true)}>{words.propose}</Button>
        </div>
      )}
      {open && <ProposeDialog one={one} again={again} onClose={() => setOpen(false)} />}
    </li>
  )
}

function ProposeDialog({
  one,
  again,
  onClose,
}: {
  readonly one: Candidate
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { circles: words, form } = useAlertWords()
  const [{ alert, household }] = useFilters()
  const [reason, setReason] = useState('')
  const [bridge, setBridge] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 4
  const [send, sending] = useDeed(async () => {
    await api('POST /circle-decisions', {
      body: {
        household: one.household.id,
        reason: reason.trim(),
        // Who came here from an alert proposes because of it; of another family it says nothing.
        ...(alert && household === one.household.id ? { alert } : {}),
        ...(bridge.trim().length >= 4 ? { bridge: bridge.trim() } : {}),
      },
    })
    again()
    onClose()
  })
  return (
    <FormDialog
      title={`${words.propose} · ${words.kinds[one.kind]}`}
      deed={sending}
      save={words.propose}
      saving={form.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <Moves one={one} />
      <TextField
        label={words.reason}
        lines={3}
        maxLength={500}
        value={reason}
        onChange={setReason}
        error={tried && short ? form.mustNote : undefined}
      />
      {one.kind === 'outward' && <HelpThatEndsNow household={one.household.id} />}
      {one.kind === 'outward' && (
        <TextField label={words.bridge} lines={3} maxLength={1000} optional value={bridge} onChange={setBridge} />
      )}
      <p className="second small">{words.twoPeople}</p>
    </FormDialog>
  )
}

function DecisionLine({ one, again }: { readonly one: Decision; readonly again: () => void }) {
  const { colon } = useMarks()
  const { circles: words, ends } = useAlertWords()
  const language = useLanguage()
  const [say, setSay] = useState<Say>()
  return (
    <li>
      <Moves one={one} />
      <p>{one.reason}</p>
      {one.bridge && (
        <p className="second">
          {words.bridge}
          {colon}
          {one.bridge}
        </p>
      )}
      {one.ends && (
        <Fold
          title={one.ends.perMonth > 0 ? ends.sum(formatYuan(one.ends.perMonth), one.ends.isWhole) : ends.title}
          plain
        >
          <HelpThatEnds bare ends={one.ends} />
        </Fold>
      )}
      {!one.ends && one.cliffAmount !== null && <p className="second">{words.cliff(formatYuan(one.cliffAmount))}</p>}
      <p className="second small">
        <Tag tone={one.state === 'confirmed' ? 'hill' : 'line'}>{words.states[one.state]}</Tag>{' '}
        {words.by(one.proposedBy, formatInstant(one.proposedAt, language))}
        {one.decidedBy && one.decidedAt && ` → ${words.by(one.decidedBy, formatInstant(one.decidedAt, language))}`}
        {one.note && ` · ${one.note}`}
      </p>
      {one.state === 'proposed' && (
        <div className="row">
          {one.own ? (
            <Button onClick={() => setSay('withdrawn')}>{words.withdraw}</Button>
          ) : (
            <>
              <Button kind="main" onClick={() => setSay('confirmed')}>
                {words.confirm}
              </Button>
              <Button onClick={() => setSay('refused')}>{words.refuse}</Button>
            </>
          )}
        </div>
      )}
      {say && <SayDialog one={one} say={say} again={again} onClose={() => setSay(undefined)} />}
    </li>
  )
}

function SayDialog({
  one,
  say,
  again,
  onClose,
}: {
  readonly one: Decision
  readonly say: Say
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { circles: words, form } = useAlertWords()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = note.trim().length < 4
  const title = say === 'confirmed' ? words.confirm : say === 'refused' ? words.refuse : words.withdraw
  const [send, sending] = useDeed(async () => {
    try {
      await api('POST /circle-decisions/:decisionId', {
        params: { decisionId: one.id },
        body: { say, note: note.trim() },
      })
    } finally {
      again()
    }
    onClose()
  })
  return (
    <FormDialog
      title={title}
      deed={sending}
      save={title}
      saving={form.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <Moves one={one} />
      <TextField
        label={words.note}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
        error={tried && short ? form.mustNote : undefined}
      />
    </FormDialog>
  )
}
