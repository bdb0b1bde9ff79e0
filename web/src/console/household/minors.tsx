import { addDays, day } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { dayOfInstant, formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { useHouseholdWords } from './words/index.ts'

type Grants = Result<'GET /households/:id/minor-grants'>
type Grant = Grants['items'][number]

/** Who in the field may open the records of this family's children. Only the office sees and gives it. */
export function Minors({ id }: { readonly id: string }) {
  const { minors: words } = useHouseholdWords()
  const [asking, setAsking] = useState<'grant' | Grant>()
  const loaded = useLoad(`minors of ${id}`, signal =>
    api('GET /households/:id/minor-grants', { params: { id }, signal }),
  )
  if (loaded.value?.children === 0 && loaded.value.items.length === 0) return null
  const close = () => setAsking(undefined)
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <div>
          <h2>{words.title}</h2>
          <p className="second small">{words.text}</p>
        </div>
        <Button onClick={() => setAsking('grant')} off={!loaded.value || loaded.value.readers.length === 0}>
          {words.grant}
        </Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line']} />}
      {loaded.value?.readers.length === 0 && <p className="second">{words.nobodyHere}</p>}
      {loaded.value?.items.length === 0 && <p className="second">{words.none}</p>}
      <ul className="household-named">
        {loaded.value?.items.map(one => (
          <Line key={one.id} one={one} onEnd={() => setAsking(one)} />
        ))}
      </ul>
      {asking === 'grant' && loaded.value && (
        <GrantDialog id={id} grants={loaded.value} again={loaded.again} onClose={close} />
      )}
      {asking !== undefined && asking !== 'grant' && (
        <Confirm
          title={words.end}
          text={words.endText(asking.reader.name)}
          onClose={close}
          deed={async () => {
            await api('DELETE /minor-grants/:grantId', { params: { grantId: asking.id } })
            loaded.again()
          }}
        />
      )}
    </Card>
  )
}

function Line({ one, onEnd }: { readonly one: Grant; readonly onEnd: () => void }) {
  const { minors: words } = useHouseholdWords()
  const language = useLanguage()
  return (
    <li>
      <div>
        <b>{one.reader.name}</b>{' '}
        <Tag tone={one.holds ? 'hill' : 'plain'}>
          {one.holds ? words.until(formatDay(one.until, language)) : one.endedAt ? words.ended : words.over}
        </Tag>
        <p className="second small">
          {one.reason} · {words.by(one.by, formatDay(dayOfInstant(one.at), language))}
        </p>
      </div>
      {one.holds && (
        <Button kind="text" onClick={onEnd} name={`${words.end}: ${one.reader.name}`}>
          {words.end}
        </Button>
      )}
    </li>
  )
}

function GrantDialog({
  id,
  grants,
  again,
  onClose,
}: {
  readonly id: string
  readonly grants: Grants
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { minors: words } = useHouseholdWords()
  const today = useToday()
  const [reader, setReader] = useState(grants.readers[0]?.id ?? '')
  const [until, setUntil] = useState<string>(grants.longest)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = reason.trim().length < 4
  const [send, sending] = useDeed(async () => {
    await api('POST /households/:id/minor-grants', { params: { id }, body: { reader, until, reason: reason.trim() } })
    again()
    onClose()
  })
  return (
    <FormDialog
      title={words.grantTitle}
      deed={sending}
      save={words.grant}
      onSend={() => {
        setTried(true)
        if (!lacks && until !== '') send()
      }}
      onClose={onClose}
    >
      <p>{words.grantText}</p>
      <SelectField
        label={words.who}
        value={reader}
        onChange={setReader}
        options={grants.readers.map(one => ({ value: one.id, label: one.name }))}
      />
      {tried && until === '' && (
        <Notice tone="ochre" said>
          <p>{words.mustUntil}</p>
        </Notice>
      )}
      <DayField
        label={words.untilLabel}
        above
        min={addDays(day(today), 1)}
        max={grants.longest}
        value={until}
        onChange={setUntil}
      />
      <TextField
        label={words.why}
        hint={words.whyHint}
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={tried && lacks ? words.mustWhy : undefined}
      />
    </FormDialog>
  )
}
