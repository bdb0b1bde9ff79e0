import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Clock } from '../../parts/desk/clock.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Tag } from '../../parts/tag.tsx'
import { emptyForm } from '../../phone/guide/case/step-form.ts'
import { api } from '../../platform/api.ts'
import { dayOfInstant, formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { NeedsSaid, WhichFamily } from './family.tsx'
import { FamilyQuestion } from './question.tsx'
import { StepDialog } from './step-dialog.tsx'
import { takeStep, type Case, type CaseStep } from './take-step.ts'
import { Why } from './why.tsx'
import { useConsoleWords } from '../words/index.ts'
import { useCaseWords } from './words/index.ts'
import './case.css'

/** One case: whom it is about, why it matched, what is to be brought, what was done, what can be done now. */
export function CaseScreen() {
  const words = useCaseWords()
  const all = useConsoleWords()
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const loaded = useLoad(`case ${caseId}`, signal => api('GET /cases/:caseId', { params: { caseId }, signal }))
  useLive(['outreach.', 'guidance.'], loaded.again)
  if (loaded.value)
    return (
      <>
        {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
        <OneCase one={loaded.value} again={loaded.again} />
      </>
    )
  if (loaded.problem?.status === 404)
    return (
      <>
        <h1 className="unseen">{all.screens.case}</h1>
        <Empty
          title={words.notHere}
          act={
            <Link to="/cases" className="button">
              {words.back}
            </Link>
          }
        >
          {words.notHereText}
        </Empty>
      </>
    )
  return loaded.problem ? (
    <Failed problem={loaded.problem} again={loaded.again} />
  ) : (
    <Skeleton shape={['title', 'tall', 'tall']} />
  )
}

function OneCase({ one, again }: { readonly one: Case; readonly again: () => void }) {
  const { colon } = useMarks()
  const words = useCaseWords()
  const said = useSaid()
  const language = useLanguage()
  const screeningId = one.screening ?? undefined
  const screening = useLoad(screeningId, signal =>
    api('GET /screenings/:screeningId', { params: { screeningId: screeningId ?? '' }, signal }),
  )
  const holder = one.mine ? words.yours : one.holder ? words.holder(one.holder) : words.nobody
  return (
    <>
      <nav className="case-back">
        <Link to="/cases">
          <Icon name="back" />
          {words.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone="river">{said(one.stateWords)}</Tag>
            <span className="second small">{holder}</span>
          </p>
          <h1 tabIndex={-1}>
            {one.fullName ?? one.name}{' '}
            <span className="case-beside">
              {one.village.name} · {words.cameIn(formatInstant(one.cameInAt, language))}
            </span>
          </h1>
        </div>
        <div className="row case-clock">
          {one.clock.words && <span className="second">{said(one.clock.words)}</span>}
          <Clock state={one.clock.state} daysLeft={one.clock.daysLeft} />
        </div>
      </header>
      <Columns
        acts={
          <>
            <NextSteps one={one} again={again} />
            <Card label={words.contact}>
              <h2>{words.contact}</h2>
              <p>
                {one.phone ? (
                  <a href={`tel:${one.phone}`} className="case-phone">
                    <Icon name="phone" />
                    {one.phone}
                  </a>
                ) : (
                  <span className="second">{words.noPhone}</span>
                )}
              </p>
              <p className="second small">{said(one.consentWords)}</p>
              <WhichFamily one={one} again={again} />
            </Card>
          </>
        }
        notices={
          <>
            {one.consent === 'withdrawn' && <Notice tone="seal">{words.consentOut}</Notice>}
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
          </>
        }
        beside={
          <>
            {one.filings.length > 0 && <Filings one={one} />}
            <Card label={words.steps}>
              <h2>{words.steps}</h2>
              <div className="case-steps">
                <Steps
                  label={words.steps}
                  steps={one.steps.toReversed().map(step => ({
                    title: `${step.by} ${said(step.words)}`,
                    state: 'done',
                    note: (
                      <>
                        {formatInstant(step.at, language)}
                        {step.note && <span className="case-note">{step.note}</span>}
                      </>
                    ),
                  }))}
                />
              </div>
            </Card>
          </>
        }
      >
        {one.note && (
          <Card label={words.note}>
            <h2>{words.note}</h2>
            <p>{one.note}</p>
          </Card>
        )}
        <NeedsSaid one={one} />
        {one.questions.length > 0 && (
          <Card label={words.questions}>
            <h2>{words.questions}</h2>
            <ul>
              {one.questions.map(question => (
                <FamilyQuestion key={question.id} caseId={one.id} question={question} changed={again} />
              ))}
            </ul>
          </Card>
        )}
        {screening.problem && <Failed problem={screening.problem} again={screening.again} />}
        {screeningId && !screening.value && !screening.problem && <Skeleton shape={['tall']} />}
        {screening.value && <Why screening={screening.value} />}
        {one.checklists.length > 0 && <Papers one={one} />}
      </Columns>
    </>
  )
}

const isPlain = (step: CaseStep) => step === 'accept' || step === 'takeOver'

/** The buttons the server offers to who asks: plain ones act at once, the others open their form. */
function NextSteps({ one, again }: { readonly one: Case; readonly again: () => void }) {
  const words = useCaseWords()
  const said = useSaid()
  const [open, setOpen] = useState<CaseStep>()
  const [take, taking] = useDeed(async (step: CaseStep) => {
    try {
      await takeStep(one, step, emptyForm(dayOfInstant(new Date())))
    } finally {
      again()
    }
  })
  const next = one.next.find(candidate => candidate.step === open)
  return (
    <Card label={words.next}>
      <h2>{words.next}</h2>
      {taking.problem && <Failed problem={taking.problem} />}
      {one.next.length === 0 && <p className="second">{words.noNext}</p>}
      <div className="case-next">
        {one.next.map(candidate => (
          <Button
            key={candidate.step}
            kind={candidate.main ? 'main' : 'framed'}
            wide
            busy={taking.busy}
            onClick={() => (isPlain(candidate.step) ? take(candidate.step) : setOpen(candidate.step))}
          >
            {said(candidate.words)}
          </Button>
        ))}
      </div>
      {next && <StepDialog one={one} next={next} onClose={() => setOpen(undefined)} changed={again} />}
    </Card>
  )
}

function Papers({ one }: { readonly one: Case }) {
  const words = useCaseWords()
  const said = useSaid()
  return (
    <Card label={words.papers}>
      <h2>{words.papers}</h2>
      {one.checklists.map(list => (
        <Fold key={`${list.policy.id} ${list.person ?? ''}`} title={said(list.policy.name)} icon="paper">
          <p className="second small">{said(list.whereToGo)}</p>
          {list.papers.length === 0 && <p className="second">{words.noPapers}</p>}
          <ul className="case-papers">
            {list.papers.map(paper => (
              <li key={paper.zh}>{said(paper)}</li>
            ))}
          </ul>
        </Fold>
      ))}
    </Card>
  )
}

function Filings({ one }: { readonly one: Case }) {
  const words = useCaseWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Card label={words.filings}>
      <h2>{words.filings}</h2>
      <ul className="stack">
        {one.filings.map(filing => (
          <li key={filing.id}>
            <b>{said(filing.policy.name)}</b>
            <p className="second small">
              {words.filedOn(formatDay(filing.filedOn, language), filing.filedAt, filing.by)}
            </p>
            <Tag tone={filing.missing > 0 ? 'ochre' : 'hill'} icon={filing.missing > 0 ? 'question' : 'check'}>
              {filing.missing > 0 ? words.missingPapers(filing.missing) : words.complete}
            </Tag>
          </li>
        ))}
      </ul>
    </Card>
  )
}
