import type { Words } from '@zhulian/kernel'
import { useEffect, useState, type ReactNode } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Choices, Question } from '../../../parts/choice.tsx'
import { ErrorSummary } from '../../../parts/errors.tsx'
import { DateField, SelectField, TextField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Pick } from '../../../parts/pick.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { api, type Result } from '../../../platform/api.ts'
import { dayOfInstant } from '../../../platform/format.ts'
import { useDeed, useLoad, type Deed, type Loaded } from '../../../platform/load.ts'
import { go, goBack } from '../../../platform/place.ts'
import { useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { ScreenProps } from '../../kinds.ts'
import type { Case, CaseStep } from '../kinds.ts'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import { checklistKey, emptyForm, missingOf, type StepField, type StepForm } from './step-form.ts'
import './screen.css'

type Colleague = Result<'GET /cases/:caseId/guides'>['items'][number]

export interface StepViewProps {
  readonly one: Case
  readonly next: Case['next'][number]
  readonly colleagues: readonly Colleague[]
  readonly today: string
  /** All policies, for what the result did not name. */
  readonly policies: readonly { readonly id: string; readonly name: Words }[]
  /** The papers of such a policy, once they are known. */
  readonly papersOf: (policy: string) => readonly Words[] | undefined
  readonly look: (policy: string) => void
  /** What there is to choose from, where it could not be read. */
  readonly unread?: Pick<Loaded<unknown>, 'problem' | 'again'> | undefined
  readonly send: (form: StepForm, papers: readonly Words[]) => void
  readonly sending: Deed
}

/** One step on one page: the fields it asks for, nothing else. */
export function StepView(props: StepViewProps) {
  const { one, next, colleagues, today, policies, papersOf, look, unread, send, sending } = props
  const { step: words } = useGuideWords()
  const said = useSaid()
  const [form, setForm] = useState<StepForm>(() => emptyForm(today))
  const [missing, setMissing] = useState<readonly StepField[]>([])
  const set = (part: Partial<StepForm>) => setForm({ ...form, ...part })
  const list = one.checklists.find(candidate => checklistKey(candidate) === form.policy)
  const papers = list?.papers ?? papersOf(form.policy)
  useEffect(() => {
    look(list ? '' : form.policy)
  }, [look, list, form.policy])
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
  const submit = () => {
    const lacking = missingOf(
      form,
      next.step,
      next.asks,
      (papers ?? []).map(paper => paper.zh),
    )
    setMissing(lacking)
    if (lacking.length === 0) send(form, papers ?? [])
  }
  const thisYear = Number(today.slice(0, 4))
  const fields: Partial<Record<StepField, ReactNode>> = {
    how: (
      <Question small title={words.how}>
        <Choices
          name="how"
          options={(['phone', 'inPerson', 'wechat', 'noAnswer'] as const).map(value => ({
            value,
            label: words.hows[value],
          }))}
          chosen={[form.how]}
          onChoose={([how = '']) => set({ how })}
        />
      </Question>
    ),
    policy: (
      <>
        {one.checklists.length > 0 && (
          <Question small title={words.policy}>
            <Choices
              name="policy"
              options={one.checklists.map(candidate => ({
                value: checklistKey(candidate),
                label: said(candidate.policy.name),
                help: said(candidate.whereToGo),
              }))}
              chosen={[form.policy]}
              onChoose={([policy = '']) => set({ policy, papers: {} })}
            />
          </Question>
        )}
        <div className="step-other">
          <SelectField
            label={one.checklists.length > 0 ? words.otherPolicy : words.policy}
            value={list ? '' : form.policy}
            onChange={policy => set({ policy, papers: {} })}
            options={policies.map(policy => ({ value: policy.id, label: said(policy.name) }))}
          />
        </div>
      </>
    ),
    papers: papers && (
      <section className="papers-list" aria-label={words.papers}>
        <h2>{words.papers}</h2>
        {papers.length === 0 && <p className="second">{words.noPapers}</p>}
        {papers.map(paper => (
          <Pick
            key={paper.zh}
            name={`paper ${paper.zh}`}
            legend={said(paper)}
            options={(['seen', 'copied', 'notNeeded', 'missing'] as const).map(value => ({
              value,
              label: words.paperStates[value],
            }))}
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
    day: (
      <DateField
        label={words.day}
        value={form.day}
        onChange={day => set({ day })}
        newest={thisYear}
        oldest={thisYear - 1}
        error={wrong('day')}
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
          ...colleagues
            .filter(one_ => one_.role === 'guide')
            .map(colleague => ({ value: colleague.account, label: `${colleague.name} · ${said(colleague.words)}` })),
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
      <Question small title={words.outcome}>
        <Choices
          name="outcome"
          options={(
            [
              'granted',
              'helpedOtherwise',
              'refused',
              'notEligible',
              'declined',
              'unreachable',
              'moved',
              'duplicate',
            ] as const
          ).map(value => ({ value, label: words.outcomes[value] }))}
          chosen={[form.outcome]}
          onChoose={([outcome = '']) => set({ outcome })}
        />
      </Question>
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
  }
  const order: readonly StepField[] = ['how', 'policy', 'papers', 'filedAt', 'to', 'reason', 'outcome', 'note', 'day']
  return (
    <Page
      title={words.titles[next.step]}
      tabTitle={`${words.titles[next.step]} ${one.name}`}
      onBack={() => goBack(`/guide/case/${one.id}`)}
      foot={
        <Button kind="main" onClick={submit} busy={sending.busy} busyWords={words.saving}>
          {words.saves[next.step as keyof typeof words.saves] ?? words.save}
        </Button>
      }
    >
      <h1 tabIndex={-1}>{one.fullName ?? one.name}</h1>
      <form
        className="step-form"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <ErrorSummary errors={missing.map(field => ({ id: `step-${field}`, words: sentences[field] }))} />
        {order
          .filter(field => next.asks.some(ask => ask === field))
          .map(field => (
            <div
              key={field}
              id={['filedAt', 'to', 'reason', 'note'].includes(field) ? undefined : `step-${field}`}
              tabIndex={-1}
            >
              {fields[field]}
            </div>
          ))}
      </form>
      {unread?.problem && <Failed problem={unread.problem} again={unread.again} />}
      {sending.problem && <Failed problem={sending.problem} again={submit} />}
    </Page>
  )
}

/** Sends a step in the form its address takes. */
function take(one: Case, step: CaseStep, form: StepForm, wanted: readonly Words[]): Promise<unknown> {
  const params = { caseId: one.id }
  const expectedVersion = one.version
  const note = form.note.trim()
  switch (step) {
    case 'contact':
      return api('POST /cases/:caseId/contact', {
        params,
        body: { expectedVersion, how: form.how as 'phone', ...(note ? { note } : {}) },
      })
    case 'visit':
      return api('POST /cases/:caseId/visits', { params, body: { expectedVersion, on: form.day, note } })
    case 'file': {
      const list = one.checklists.find(candidate => checklistKey(candidate) === form.policy)
      const papers = wanted.map(paper => ({ paper: paper.zh, state: form.papers[paper.zh] as 'seen' }))
      return api('POST /cases/:caseId/filings', {
        params,
        body: {
          expectedVersion,
          policy: list?.policy.id ?? form.policy,
          person: list?.person ?? null,
          on: form.day,
          filedAt: form.filedAt.trim(),
          papers,
        },
      })
    }
    case 'handOver':
      return api('POST /cases/:caseId/hand-over', {
        params,
        body: { expectedVersion, to: form.to, reason: form.reason.trim() },
      })
    case 'return':
      return api('POST /cases/:caseId/return', { params, body: { expectedVersion, reason: form.reason.trim() } })
    case 'close':
      return api('POST /cases/:caseId/close', {
        params,
        body: { expectedVersion, outcome: form.outcome as 'granted', note },
      })
    case 'reopen':
      return api('POST /cases/:caseId/reopen', { params, body: { expectedVersion, reason: form.reason.trim() } })
    case 'accept':
      return api('POST /cases/:caseId/accept', { params, body: { expectedVersion } })
    case 'takeOver':
      return api('POST /cases/:caseId/take-over', { params, body: { expectedVersion } })
  }
}

function OpenStep({ caseId, step }: { readonly caseId: string; readonly step: string }) {
  const { case: caseWords, step: words } = useGuideWords()
  const [today] = useState(() => dayOfInstant(new Date()))
  const loaded = useLoad(`case ${caseId}`, signal => api('GET /cases/:caseId', { params: { caseId }, signal }))
  const next = loaded.value?.next.find(one => one.step === step)
  const guides = useLoad(next?.asks.includes('to') ? `guides ${caseId}` : undefined, signal =>
    api('GET /cases/:caseId/guides', { params: { caseId }, signal }),
  )
  const here = `/guide/case/${caseId}`
  const policies = useLoad(next?.asks.includes('policy') ? 'policies' : undefined, signal =>
    api('GET /policies', { query: { inForce: 'true' }, signal }),
  )
  const [looked, look] = useState('')
  const policy = useLoad(looked || undefined, signal =>
    api('GET /policies/:policyId', { params: { policyId: looked }, query: {}, signal }),
  )
  const papersOf = (id: string) =>
    policy.value?.id === id ? policy.value.materials.map(line => line.words) : undefined
  const [send, sending] = useDeed(async (form: StepForm, papers: readonly Words[]) => {
    if (!loaded.value || !next) return
    try {
      await take(loaded.value, next.step, form, papers)
    } catch (thrown) {
      // What was written stays; the next try carries the version of what stands there now.
      loaded.again()
      throw thrown
    }
    go(here, { replace: true })
  })
  if (loaded.value && next)
    return (
      <StepView
        one={loaded.value}
        next={next}
        colleagues={guides.value?.items ?? []}
        today={today}
        policies={policies.value?.items ?? []}
        papersOf={papersOf}
        look={look}
        unread={[guides, policies, policy].find(read => read.problem)}
        send={send}
        sending={sending}
      />
    )
  return (
    <Page title={caseWords.title} onBack={() => goBack(here)}>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {loaded.value && !next && (
        <Empty title={words.notOpen} act={<ButtonLink to={`#${here}`}>{words.toCase}</ButtonLink>} />
      )}
      {!loaded.value && !loaded.problem && <Skeleton shape={['title', 'card', 'card']} />}
    </Page>
  )
}

export const StepScreen = ({ params }: ScreenProps) => (
  <StaffOnly>{() => <OpenStep caseId={params['caseId'] ?? ''} step={params['step'] ?? ''} />}</StaffOnly>
)
