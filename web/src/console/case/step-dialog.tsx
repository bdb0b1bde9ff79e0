import { useState, type ReactNode } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { ErrorSummary } from '../../parts/errors.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Pick } from '../../parts/pick.tsx'
import { checklistKey, emptyForm, missingOf, type StepField, type StepForm } from '../../phone/guide/case/step-form.ts'
import { useGuideWords } from '../../phone/guide/words/index.ts'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { takeStep, type Case } from './take-step.ts'

const order: readonly StepField[] = ['how', 'policy', 'papers', 'filedAt', 'to', 'reason', 'outcome', 'note', 'day']
const ways = ['phone', 'inPerson', 'wechat', 'noAnswer'] as const
const outcomes = [
  'granted',
  'helpedOtherwise',
  'refused',
  'notEligible',
  'declined',
  'unreachable',
  'moved',
  'duplicate',
] as const
const paperStates = ['seen', 'copied', 'notNeeded', 'missing'] as const

/** One step of a case: the fields it asks for, nothing else. What was written stays when somebody was faster. */
export function StepDialog({
  one,
  next,
  onClose,
  changed,
}: {
  readonly one: Case
  readonly next: Case['next'][number]
  readonly onClose: () => void
  readonly changed: () => void
}) {
  const { step: words } = useGuideWords()
  const said = useSaid()
  const today = useToday()
  const [form, setForm] = useState<StepForm>(() => emptyForm(today))
  const [missing, setMissing] = useState<readonly StepField[]>([])
  const set = (part: Partial<StepForm>) => setForm({ ...form, ...part })
  const takers = useLoad(next.asks.includes('to') ? `takers ${one.id}` : undefined, signal =>
    api('GET /cases/:caseId/guides', { params: { caseId: one.id }, signal }),
  )
  const list = one.checklists.find(candidate => checklistKey(candidate) === form.policy)
  const [send, sending] = useDeed(async () => {
    try {
      await takeStep(one, next.step, form)
    } finally {
      changed()
    }
    onClose()
  })
  const sentences: Record<StepField, string> = {
    how: words.mustHow,
    note: words.mustNote,
    day: words.mustDay,
    policy: words.mustPolicy,
    papers: words.mustPapers,
    filedAt: words.mustFiledAt,
    to: words.mustTo,
    reason: words.mustReason,
    outcome: words.mustOutcome,
  }
  const wrong = (field: StepField) => (missing.includes(field) ? sentences[field] : undefined)
  const fields: Partial<Record<StepField, ReactNode>> = {
    how: (
      <SelectField
        id="step-how"
        label={words.how}
        value={form.how}
        onChange={how => set({ how })}
        options={ways.map(value => ({ value, label: words.hows[value] }))}
        error={wrong('how')}
      />
    ),
    policy: (
      <SelectField
        id="step-policy"
        label={words.policy}
        hint={list && said(list.whereToGo)}
        value={form.policy}
        onChange={policy => set({ policy, papers: {} })}
        options={one.checklists.map(candidate => ({
          value: checklistKey(candidate),
          label: said(candidate.policy.name),
        }))}
        error={wrong('policy')}
      />
    ),
    papers: list && (
      <section id="step-papers" tabIndex={-1} className="stack" aria-label={words.papers}>
        <h3>{words.papers}</h3>
        {list.papers.length === 0 && <p className="second">{words.noPapers}</p>}
        {list.papers.map(paper => (
          <Pick
            key={paper.zh}
            name={`paper ${paper.zh}`}
            legend={said(paper)}
            options={paperStates.map(value => ({ value, label: words.paperStates[value] }))}
            chosen={form.papers[paper.zh]}
            onChoose={state => set({ papers: { ...form.papers, [paper.zh]: state } })}
          />
        ))}
      </section>
    ),
    filedAt: (
      <TextField
        id="step-filedAt"
        label={words.filedAt}
        hint={words.filedAtHint}
        value={form.filedAt}
        onChange={filedAt => set({ filedAt })}
        maxLength={100}
        error={wrong('filedAt')}
      />
    ),
    to: (
      <SelectField
        id="step-to"
        label={words.to}
        value={form.to}
        onChange={to => set({ to })}
        options={[
          { value: 'township', label: words.township },
          ...(takers.value?.items ?? [])
            .filter(taker => taker.role === 'guide')
            .map(taker => ({ value: taker.account, label: `${taker.name} · ${said(taker.words)}` })),
        ]}
        error={wrong('to')}
      />
    ),
    reason: (
      <TextField
        id="step-reason"
        label={words.reason}
        value={form.reason}
        onChange={reason => set({ reason })}
        lines={3}
        maxLength={500}
        error={wrong('reason')}
      />
    ),
    outcome: (
      <SelectField
        id="step-outcome"
        label={words.outcome}
        value={form.outcome}
        onChange={outcome => set({ outcome })}
        options={outcomes.map(value => ({ value, label: words.outcomes[value] }))}
        error={wrong('outcome')}
      />
    ),
    note: (
      <TextField
        id="step-note"
        label={next.step === 'visit' ? words.noteVisit : next.step === 'close' ? words.noteClose : words.note}
        hint={words.noteHint}
        optional={next.step === 'contact'}
        value={form.note}
        onChange={note => set({ note })}
        lines={4}
        maxLength={1000}
        error={wrong('note')}
      />
    ),
    day: <DayField id="step-day" label={words.day} max={today} value={form.day} onChange={day => set({ day })} />,
  }
  return (
    <FormDialog
      title={words.titles[next.step]}
      deed={sending}
      save={words.saves[next.step as keyof typeof words.saves] ?? words.save}
      saving={words.saving}
      wide
      reads={[takers]}
      onSend={() => {
        const lacking = missingOf(
          form,
          next.step,
          next.asks,
          (list?.papers ?? []).map(paper => paper.zh),
        )
        setMissing(lacking)
        if (lacking.length === 0) send()
      }}
      onClose={onClose}
    >
      <ErrorSummary errors={missing.map(field => ({ id: `step-${field}`, words: sentences[field] }))} />
      {order
        .filter(field => next.asks.some(ask => ask === field) && fields[field] !== undefined)
        .map(field => (
          <div key={field}>{fields[field]}</div>
        ))}
    </FormDialog>
  )
}
