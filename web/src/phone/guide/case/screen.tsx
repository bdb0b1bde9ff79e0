import { useState } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Fold } from '../../../parts/fold.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Skeleton } from '../../../parts/state.tsx'
import { Steps } from '../../../parts/steps.tsx'
import { Example, Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatDay, formatInstant } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad, type Deed } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useLanguage, useMarks, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { Screening, ScreenProps } from '../../kinds.ts'
import { useFigure, usePersonName } from '../../results/line.tsx'
import { linesOf, type Line } from '../../results/lines.ts'
import { Clock } from '../clock.tsx'
import type { Case, CaseStep } from '../kinds.ts'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import { NeedsAndFamily } from './family.tsx'
import './screen.css'

/** Steps that ask for nothing are taken on the spot; the others have a page of their own. */
export type PlainStep = Extract<CaseStep, 'accept' | 'takeOver'>
const isPlain = (step: CaseStep): step is PlainStep => step === 'accept' || step === 'takeOver'

export interface CaseViewProps {
  readonly one: Case
  readonly screening: Screening | undefined
  readonly take: (step: PlainStep) => void
  readonly taking: Deed
  readonly changed: () => void
}

/** One family's case: why each item matched, what is to be brought, what was done, what can be done now. */
export function CaseView({ one, screening, take, taking, changed }: CaseViewProps) {
  const { case: words } = useGuideWords()
  const said = useSaid()
  const { colon, list } = useMarks()
  const language = useLanguage()
  // Taking a closed case up again is possible, not the next thing to do.
  const forward = one.next.filter(next => next.step !== 'reopen')
  const main = forward.find(next => next.main) ?? forward[0]
  const others = one.next.filter(next => next !== main)
  const act = (next: Case['next'][number], kind: 'main' | 'framed') =>
    isPlain(next.step) ? (
      <Button
        key={next.step}
        kind={kind}
        wide={kind === 'framed'}
        busy={taking.busy}
        onClick={() => take(next.step as PlainStep)}
      >
        {said(next.words)}
      </Button>
    ) : (
      <ButtonLink key={next.step} kind={kind} wide={kind === 'framed'} to={`#/guide/case/${one.id}/${next.step}`}>
        {said(next.words)}
      </ButtonLink>
    )
  return (
    <Page
      title={words.title}
      tabTitle={one.name}
      onBack={() => goBack('/guide')}
      foot={
        (one.phone || main) && (
          <>
            {one.phone && (
              <ButtonLink
                icon="phone"
                to={`tel:${one.phone}`}
                name={words.callTo(one.fullName ?? one.name)}
                {...(main ? {} : { kind: 'main' as const })}
              >
                {words.call}
              </ButtonLink>
            )}
            {main && act(main, 'main')}
          </>
        )
      }
    >
      <header className="case-head">
        <h1 tabIndex={-1}>{one.fullName ?? one.name}</h1>
        <p className="second">
          {one.village.name} · {formatInstant(one.cameInAt, language)}
        </p>
        <p className="case-marks">
          <Tag tone="river">{said(one.stateWords)}</Tag>
          {one.holder && !one.mine && <span className="second small">{words.notYours(one.holder)}</span>}
        </p>
        <Clock clock={one.clock} />
      </header>
      {taking.problem && <Failed problem={taking.problem} />}
      {one.consent === 'withdrawn' && (
        <Notice tone="seal">
          <p>{words.consentOut}</p>
        </Notice>
      )}
      {one.outcome && (
        <Notice tone="hill">
          <p>
            {words.outcome}
            {colon}
            <b>{said(one.outcome.words)}</b>
          </p>
          {one.outcome.note && <p>{one.outcome.note}</p>}
        </Notice>
      )}
      {one.consent === 'stands' && !one.phone && one.state !== 'closed' && <p className="second">{words.noPhone}</p>}
      {one.note && (
        <div className="case-note">
          <b>{words.note}</b>
          {one.note}
        </div>
      )}
      <NeedsAndFamily one={one} changed={changed} />
      {one.questions.map(question => (
        <FamilyQuestion key={question.id} caseId={one.id} question={question} changed={changed} />
      ))}
      {screening && <Why screening={screening} />}
      {!screening && one.wants.length > 0 && (
        <section className="section">
          <h2>{words.wants}</h2>
          <p>{one.wants.map(said).join(list)}</p>
        </section>
      )}
      {one.filings.length > 0 && (
        <section className="section">
          <h2>{words.filings}</h2>
          <ul className="plain-list card tight">
            {one.filings.map(filing => (
              <li key={filing.id} className="filing">
                <b>{said(filing.policy.name)}</b>
                <small>{words.filedOn(formatDay(filing.filedOn, language), filing.filedAt)}</small>
                <Tag tone={filing.missing > 0 ? 'ochre' : 'hill'} icon={filing.missing > 0 ? 'question' : 'check'}>
                  {filing.missing > 0 ? words.missing(filing.missing) : words.complete}
                </Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
      {one.checklists.length > 0 && (
        <section className="section">
          <h2>{words.papers}</h2>
          {one.checklists.map(list => (
            <Fold key={`${list.policy.id} ${list.person ?? ''}`} title={said(list.policy.name)} icon="paper">
              <p className="second small">{said(list.whereToGo)}</p>
              <ul className="materials">
                {list.papers.map(paper => (
                  <li key={paper.zh}>{said(paper)}</li>
                ))}
              </ul>
            </Fold>
          ))}
        </section>
      )}
      {others.length > 0 && (
        <section className="section">
          <h2>{words.ways}</h2>
          <div className="actions case-ways">{others.map(next => act(next, 'framed'))}</div>
        </section>
      )}
      {one.steps.length > 0 && (
        <section className="section">
          <h2>{words.steps}</h2>
          <Steps
            label={words.steps}
            steps={one.steps.map(step => ({
              title: `${step.by} ${said(step.words)}`,
              state: 'done',
              note: (
                <>
                  {formatInstant(step.at, language)}
                  {step.note && <span className="step-note">{step.note}</span>}
                </>
              ),
            }))}
          />
        </section>
      )}
    </Page>
  )
}

/** Every item that matched, with its reasons in words: the guide can say them aloud at the door. */
function Why({ screening }: { readonly screening: Screening }) {
  const { case: words } = useGuideWords()
  return (
    <section className="section">
      <h2>{words.why}</h2>
      <p className="second small">{words.whyText}</p>
      <div className="card tight case-why">
        {linesOf(screening, 'canApply').map(line => (
          <WhyLine key={line.line.key} line={line} />
        ))}
      </div>
      <p className="case-whole">
        <a href={`#/result/${screening.id}`}>{words.whole}</a>
      </p>
    </section>
  )
}

function WhyLine({ line: { kind, line } }: { readonly line: Line }) {
  const said = useSaid()
  const figure = useFigure()
  const personName = usePersonName()
  const money = kind === 'policy' ? line.money : null
  const shown = money && figure(money)
  return (
    <Fold
      title={
        <>
          <b>{said(line.name)}</b>
          {line.person && <span className="second"> · {personName(line.person)}</span>}
          {shown && (
            <small className="why-amount">
              {shown.figure} {shown.unit} {money.example && <Example />}
            </small>
          )}
        </>
      }
    >
      <ul className="result-because">
        {line.reasons.map(reason => (
          <li key={reason.words.zh}>
            <Icon name={reason.holds ? 'check' : 'minus'} className="strong" />
            <span>{said(reason.words)}</span>
          </li>
        ))}
      </ul>
      {kind === 'policy' && line.conditional && <p className="second">{said(line.conditional)}</p>}
    </Fold>
  )
}

function FamilyQuestion({
  caseId,
  question,
  changed,
}: {
  readonly caseId: string
  readonly question: Case['questions'][number]
  readonly changed: () => void
}) {
  const { case: words } = useGuideWords()
  const language = useLanguage()
  const [text, setText] = useState('')
  const [send, sending] = useDeed(async () => {
    await api('POST /cases/:caseId/questions/:questionId/answer', {
      params: { caseId, questionId: question.id },
      body: { answer: text.trim() },
    })
    changed()
  })
  return (
    <div className="case-note">
      <b>
        {words.questions} · {words.askedAt(formatInstant(question.askedAt, language))}
      </b>
      <p>{question.text}</p>
      {question.answer ? (
        <p>
          <b>{words.answer}</b> {question.answer}
        </p>
      ) : (
        <p className={question.late ? 'late' : 'second'}>
          {question.late
            ? words.answerLate
            : `${words.answerBy(formatDay(question.dueOn, language))} · ${words.townAnswers}`}
        </p>
      )}
      {question.mayAnswer && !question.answer && (
        <form
          noValidate
          onSubmit={event => {
            event.preventDefault()
            if (text.trim().length > 1) send()
          }}
        >
          <TextField label={words.answerLabel} value={text} onChange={setText} lines={3} maxLength={1000} />
          {sending.problem && <Failed problem={sending.problem} again={send} />}
          <Button submit busy={sending.busy}>
            {words.answerSend}
          </Button>
        </form>
      )}
    </div>
  )
}

function OpenCase({ caseId }: { readonly caseId: string }) {
  const { case: words } = useGuideWords()
  const loaded = useLoad(`case ${caseId}`, signal => api('GET /cases/:caseId', { params: { caseId }, signal }))
  const screeningId = loaded.value?.screening ?? undefined
  const screening = useLoad(screeningId, signal =>
    api('GET /screenings/:screeningId', { params: { screeningId: screeningId ?? '' }, signal }),
  )
  useLive(['outreach.'], happening => {
    if (happening.id === '' || happening.id === caseId) loaded.again()
  })
  const [take, taking] = useDeed(async (step: PlainStep) => {
    const call = { params: { caseId }, body: { expectedVersion: loaded.value?.version } } as {
      params: { caseId: string }
      body: { expectedVersion?: number }
    }
    try {
      await (step === 'accept' ? api('POST /cases/:caseId/accept', call) : api('POST /cases/:caseId/take-over', call))
    } finally {
      loaded.again()
    }
  })
  if (loaded.value)
    return (
      <CaseView one={loaded.value} screening={screening.value} take={take} taking={taking} changed={loaded.again} />
    )
  return (
    <Page title={words.title} onBack={() => goBack('/guide')}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'line', 'tall', 'card', 'card']} />
      )}
    </Page>
  )
}

export const CaseScreen = ({ params }: ScreenProps) => (
  <StaffOnly>{() => <OpenCase key={params['caseId']} caseId={params['caseId'] ?? ''} />}</StaffOnly>
)
