import { duties, type Duty, dutyWords } from '@zhulian/kernel'
import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, apiFile, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { useHouseholdWords } from './words/index.ts'

type Line = Result<'GET /tasks'>['items'][number]
type Whole = Result<'GET /tasks/:taskId'>

/** Knocks on this family's door: those to come, those that were made, and what was written down. */
export function Visits({ id, mayAsk }: { readonly id: string; readonly mayAsk: boolean }) {
  const { visits: words } = useHouseholdWords()
  const [asking, setAsking] = useState(false)
  const loaded = useLoad(`visits of ${id}`, async signal => {
    const of = (state: 'open' | 'closed') => api('GET /tasks', { query: { household: id, state, limit: 30 }, signal })
    const [open, closed] = await Promise.all([of('open'), of('closed')])
    return [...open.items, ...closed.items.toReversed()]
  })
  useLive(['outreach.'], loaded.again)
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <h2>{words.title}</h2>
        {mayAsk && <Button onClick={() => setAsking(true)}>{words.ask}</Button>}
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['card']} />}
      {loaded.value?.length === 0 && <p className="second">{words.none}</p>}
      {loaded.value?.map(line => (
        <OneTask key={`${line.id} ${line.version}`} line={line} again={loaded.again} />
      ))}
      {asking && <AskDialog id={id} again={loaded.again} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function OneTask({ line, again }: { readonly line: Line; readonly again: () => void }) {
  const said = useSaid()
  const language = useLanguage()
  const { visits: words } = useHouseholdWords()
  const isOpen = line.state !== 'done' && line.state !== 'cancelled'
  return (
    <Fold
      late
      title={
        <span className="row">
          {said(line.kindWords)} · {words.due(formatDay(line.dueOn, language))}
          <Tag tone={isOpen && line.daysLeft < 0 ? 'seal' : 'line'}>{said(line.stateWords)}</Tag>
          {line.dutyWords && <Tag tone="river">{said(line.dutyWords)}</Tag>}
          <span className="second small">{line.holder ?? ''}</span>
        </span>
      }
    >
      <Details id={line.id} again={again} />
    </Fold>
  )
}

function Details({ id, again }: { readonly id: string; readonly again: () => void }) {
  const { visits: words } = useHouseholdWords()
  const said = useSaid()
  const language = useLanguage()
  const loaded = useLoad(`visit ${id}`, signal => api('GET /tasks/:taskId', { params: { taskId: id }, signal }))
  const task = loaded.value
  if (!task)
    return loaded.problem ? <Failed problem={loaded.problem} again={loaded.again} /> : <Skeleton shape={['card']} />
  return (
    <div className="stack">
      {task.why && <p>{said(task.why)}</p>}
      {task.reason && <p className="second">{task.reason}</p>}
      {task.visits
        .filter(v => v.fields.length + v.attachments.length > 0)
        .map(visit => (
          <section key={visit.id} className="stack">
            <h3>
              {visit.submittedAt && visit.on ? words.made(formatDay(visit.on, language), visit.by ?? '') : words.begun}
            </h3>
            <dl className="visits-said">
              {visit.fields.map(field => (
                <div key={field.field}>
                  <dt>
                    {field.about ? `${field.about} · ` : ''}
                    {said(field.words)}
                  </dt>
                  {field.values.map(value => (
                    <dd key={`${value.by} ${value.at}`}>
                      {said(value.said)}
                      {field.values.length > 1 && (
                        <small className="second">
                          {' '}
                          {value.by} {formatInstant(value.at, language)}
                        </small>
                      )}
                      {field.after && <Tag tone="ochre">{words.after}</Tag>}
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
            {visit.attachments.map(one => (
              <Attachment key={one.id} one={one} />
            ))}
          </section>
        ))}
      <Steps task={task} again={again} />
    </div>
  )
}

function Attachment({ one }: { readonly one: Whole['visits'][number]['attachments'][number] }) {
  const { visits: words } = useHouseholdWords()
  const [shown, setShown] = useState<string>()
  const [open, opening] = useDeed(async () => {
    setShown(URL.createObjectURL(await apiFile('GET /attachments/:attachmentId', { params: { attachmentId: one.id } })))
  })
  useEffect(
    () => () => {
      if (shown) URL.revokeObjectURL(shown)
    },
    [shown],
  )
  if (!shown)
    return (
      <p>
        <Button onClick={open} busy={opening.busy}>
          {words.open[one.kind]}
        </Button>
        {opening.problem && <Failed problem={opening.problem} />}
      </p>
    )
  return one.kind === 'voice' ? (
    <a href={shown} download={`${one.id}.${one.type.split('/')[1] ?? 'bin'}`}>
      {words.keep}
    </a>
  ) : (
    <img className="visits-picture" src={shown} alt={words.kinds[one.kind]} />
  )
}

function Steps({ task, again }: { readonly task: Whole; readonly again: () => void }) {
  const { visits: words } = useHouseholdWords()
  const said = useSaid()
  const [reason, setReason] = useState('')
  const [move, moving] = useDeed(async (step: Whole['next'][number]['step']) => {
    if (step === 'visit') return
    const why = reason.trim()
    await api('POST /tasks/:taskId/steps', { params: { taskId: task.id }, body: { step, ...(why && { reason: why }) } })
    again()
  })
  // A visit is handed in from the telephone that was there.
  const steps = task.next.filter(n => n.step !== 'visit')
  if (steps.length === 0) return null
  return (
    <div className="stack">
      {moving.problem && <Failed problem={moving.problem} />}
      {steps.some(s => s.asksReason) && (
        <TextField label={words.reason} optional value={reason} onChange={setReason} maxLength={500} />
      )}
      <div className="row">
        {steps.map(one => (
          <Button key={one.step} busy={moving.busy} onClick={() => move(one.step)}>
            {said(one.words)}
          </Button>
        ))}
      </div>
    </div>
  )
}

const kinds = ['verification', 'routine', 'key', 'followUp'] as const

export function AskDialog({
  id,
  about = '',
  again,
  onClose,
}: {
  readonly id: string
  /** What to ask there, where that is known beforehand. */
  readonly about?: string
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { visits: words, recording } = useHouseholdWords()
  const said = useSaid()
  const today = useToday()
  const [kind, setKind] = useState<(typeof kinds)[number]>('routine')
  const [dueOn, setDueOn] = useState(today)
  const [chosen, setDuty] = useState('')
  // A visit after help came is a piece of the help plan, unless it is said to be something else.
  const duty = chosen || (kind === 'followUp' ? 'plan' : '')
  const [why, setWhy] = useState(about)
  const [tried, setTried] = useState(false)
  const lacks = why.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /households/:householdId/tasks', {
      params: { householdId: id },
      body: { kind, dueOn, why: why.trim(), ...(duty ? { duty: duty as Duty } : {}) },
    })
    again()
    onClose()
  })
  return (
    <FormDialog
      title={words.ask}
      deed={sending}
      save={words.send}
      saving={recording.saving}
      onSend={() => {
        setTried(true)
        if (!lacks && dueOn !== '') send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={words.kind}
        value={kind}
        onChange={one => setKind(one as typeof kind)}
        options={kinds.map(value => ({ value, label: words.purposes[value] }))}
      />
      <SelectField
        label={words.duty}
        optional={kind !== 'followUp'}
        blank={words.noDuty}
        value={duty}
        onChange={setDuty}
        options={duties.map(value => ({ value, label: said(dutyWords[value]) }))}
      />
      <DayField label={words.by} above min={today} value={dueOn} onChange={setDueOn} />
      <TextField
        label={words.why}
        lines={3}
        maxLength={300}
        value={why}
        onChange={setWhy}
        error={tried && lacks ? words.mustWhy : undefined}
      />
    </FormDialog>
  )
}
