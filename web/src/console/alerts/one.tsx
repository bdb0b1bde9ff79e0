import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { Due } from './due.tsx'
import { LevelTag } from './level.tsx'
import { StepDialog } from './step-dialog.tsx'
import { useHouseholdWords } from '../household/words/index.ts'
import { useAlertWords } from './words/index.ts'
import './alerts.css'

export type Alert = Result<'GET /alerts/:alertId'>
type Step = Alert['next'][number]

/** One alert: on what facts, why, what was done, and what somebody may do with it. */
export function AlertScreen() {
  const { one: words, ...all } = useAlertWords()
  const { alertId = '' } = useParams({ strict: false }) as { alertId?: string }
  const loaded = useLoad(`alert ${alertId}`, signal => api('GET /alerts/:alertId', { params: { alertId }, signal }))
  useLive(['alerts.moved', 'alerts.verified', 'alerts.late'], happening => {
    if (happening.id === '' || happening.id === alertId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={words} list="/alerts">
      {one => <OneAlert one={one} again={loaded.again} />}
    </Found>
  )
}

function OneAlert({ one, again }: { readonly one: Alert; readonly again: () => void }) {
  const { one: words, ...all } = useAlertWords()
  const said = useSaid()
  const language = useLanguage()
  const isOthers = one.audience === 'health' && one.rule === null
  return (
    <>
      <nav className="alert-back">
        <Link to="/alerts">
          <Icon name="back" />
          {words.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <LevelTag level={one.level} />
            <Tag tone={one.state === 'closed' ? 'hill' : 'line'}>{said(one.stateWords)}</Tag>
            <Due clock={one.clock} />
            <span className="second small">{one.holder ?? all.nobody}</span>
          </p>
          <h1 tabIndex={-1}>
            {said(one.name)}{' '}
            <span className="alert-beside">
              {one.household && all.familyOf(one.household.head)}
              {one.person && ` · ${one.person.name}`} · {one.place.township}
              {one.place.name} · {formatDay(one.occurredOn, language)}
              {one.times > 1 && ` · ${all.times(one.times)}`}
            </span>
          </h1>
        </div>
      </header>
      <Columns
        acts={<Next one={one} again={again} />}
        notices={
          <>
            {isOthers && <Notice>{words.health}</Notice>}
            {one.careful && <Notice>{all.careful}</Notice>}
            {one.ceasedOn && <Notice tone="ochre">{all.ceased(formatDay(one.ceasedOn, language))}</Notice>}
          </>
        }
        beside={
          <>
            {one.firstAction && (
              <Card label={words.first}>
                <h2>{words.first}</h2>
                <p>{said(one.firstAction)}</p>
                {one.leadsTo.length > 0 && (
                  <>
                    <h3 className="alert-part">{words.leads}</h3>
                    <ul className="alert-leads">
                      {one.leadsTo.map(({ id, name }) => (
                        <li key={id}>
                          <Link to={`/${id.startsWith('S-') ? 'services' : 'policies'}/${id}`}>{said(name)}</Link>
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </Card>
            )}
            {one.card && <PointsCard card={one.card} />}
            {one.household && one.household.size > 0 && (
              <Card label={words.about}>
                <h2>{words.about}</h2>
                <p>
                  {all.familyOf(one.household.head)} · {all.size(one.household.size)}
                </p>
                <p>
                  <Link to={`/registry/${one.household.id}`}>{words.household}</Link>
                </p>
              </Card>
            )}
          </>
        }
      >
        {!isOthers && <Grounds one={one} />}
        {one.steps.length > 0 && <Done one={one} />}
      </Columns>
    </>
  )
}

function Grounds({ one }: { readonly one: Alert }) {
  const { one: words } = useAlertWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const { origins } = useHouseholdWords()
  const [result, setResult] = useState<boolean>()
  const [replay, replaying] = useDeed(async () => {
    setResult((await api('GET /alerts/:alertId/replay', { params: { alertId: one.id } })).same)
  })
  const mayReplay = session.state === 'known' && session.role !== 'guide'
  return (
    <Card label={words.why}>
      <h2>{words.why}</h2>
      {one.why.length === 0 && <p>{words.noWhy}</p>}
      <ul className="alert-why">
        {one.why.map(reason => (
          <li key={reason.zh}>
            <Icon name="check" />
            <span>{said(reason)}</span>
          </li>
        ))}
      </ul>
      {one.counted.length > 0 && (
        <>
          <h3 className="alert-part">{words.counted}</h3>
          <ul className="alert-why">
            {one.counted.map(other => (
              <li key={other.id}>
                <LevelTag level={other.level} />
                <span>
                  <Link to={`/alerts/${other.id}`}>{said(other.name)}</Link>{' '}
                  <span className="second small">
                    {formatDay(other.occurredOn, language)} · {said(other.stateWords)}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {one.missing.length > 0 && (
        <>
          <h3 className="alert-part">{words.missing}</h3>
          <ul className="alert-why">
            {one.missing.map(fact => (
              <li key={fact.zh}>
                <Icon name="question" />
                <span>{said(fact)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {one.facts.length > 0 && (
        <Table
          caption={words.facts}
          rows={one.facts}
          rowKey={fact => `${fact.label.zh} ${fact.person ?? ''}`}
          columns={[
            {
              key: 'what',
              head: words.factHeads.what,
              main: true,
              cell: fact => `${said(fact.label)}${fact.person ? ` · ${fact.person}` : ''}`,
            },
            { key: 'value', head: words.factHeads.value, cell: fact => said(fact.value) },
            {
              key: 'source',
              head: words.factHeads.source,
              cell: fact => saidBy(words.sources[fact.source], fact, origins),
            },
            { key: 'asOf', head: words.factHeads.asOf, cell: fact => formatDay(fact.asOf, language) },
          ]}
        />
      )}
      <p className="second small alert-part">
        {words.judged(formatDay(one.judgedOn, language), one.poolVersion.slice(0, 8))}{' '}
        {mayReplay && (
          <Button kind="text" onClick={replay} busy={replaying.busy}>
            {words.replay}
          </Button>
        )}
      </p>
      {replaying.problem && <Failed problem={replaying.problem} />}
      {result !== undefined && (
        <Notice tone={result ? 'hill' : 'seal'} said>
          {result ? words.same : words.other}
        </Notice>
      )}
    </Card>
  )
}

type Fact = Alert['facts'][number]

/** The kind of source, and who that was where it says more. */
function saidBy(source: string, { source: kind, origin }: Fact, origins: Readonly<Record<string, string>>): string {
  const who = origins[origin] ?? origin
  return kind === 'platform' || who === source ? source : `${source} · ${who}`
}

function PointsCard({ card }: { readonly card: NonNullable<Alert['card']> }) {
  const { colon } = useMarks()
  const { one: words } = useAlertWords()
  const said = useSaid()
  return (
    <Card label={words.card}>
      <h2>
        {words.card} {words.points(card.points)}
      </h2>
      <p className="second small">{words.cardText}</p>
      <ul className="alert-parts">
        {card.parts.map(part => (
          <li key={part.label.zh}>
            <span>{part.because ? said(part.because) : `${said(part.label)}${colon}${words.unknown}`}</span>
            <b>{part.points}</b>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Done({ one }: { readonly one: Alert }) {
  const { colon } = useMarks()
  const { one: words } = useAlertWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Card label={words.steps}>
      <h2>{words.steps}</h2>
      <Steps
        label={words.steps}
        steps={one.steps.map(step => ({
          title: step.detail ? `${said(step.words)}${colon}${said(step.detail)}` : said(step.words),
          state: 'done' as const,
          note: (
            <>
              {step.by || words.system} · {formatInstant(step.at, language)}
              {step.note && <span className="alert-note">{step.note}</span>}
            </>
          ),
        }))}
      />
    </Card>
  )
}

/** Taking, putting back and sending somebody act at once; the others open their form. */
function Next({ one, again }: { readonly one: Alert; readonly again: () => void }) {
  const { colon } = useMarks()
  const { one: words } = useAlertWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const office = session.state === 'known' && (session.role === 'townshipClerk' || session.role === 'districtOfficer')
  // Kept as it was pressed: somebody else's step must not take away a form in which something is written.
  const [open, setOpen] = useState<Step>()
  const [act, acting] = useDeed(async ({ step }: Step) => {
    const call = { params: { alertId: one.id }, body: { expectedVersion: one.version } }
    try {
      if (step === 'take') await api('POST /alerts/:alertId/take', call)
      else if (step === 'giveBack') await api('POST /alerts/:alertId/give-back', call)
      else await api('POST /alerts/:alertId/assign', call)
    } finally {
      again()
    }
  })
  const press = (next: Step) =>
    next.step === 'take' || next.step === 'giveBack' || next.step === 'assign' ? act(next) : setOpen(next)
  return (
    <Card label={words.next}>
      <h2>{words.next}</h2>
      {acting.problem && <Failed problem={acting.problem} />}
      {one.next.length === 0 && <p className="second">{words.noNext}</p>}
      <div className="alert-next">
        {one.next.map(next => (
          <Button
            key={next.step}
            kind={next.main ? 'main' : 'framed'}
            wide
            busy={acting.busy}
            onClick={() => press(next)}
          >
            {said(next.words)}
          </Button>
        ))}
        {office && one.state === 'handled' && one.household && (
          <Link
            to="/alerts"
            search={{ view: 'circles', alert: one.id, household: one.household.id } as never}
            className="button"
          >
            {words.circle}
          </Link>
        )}
      </div>
      {one.task && (
        <p className="second small alert-part">
          {words.task}
          {colon}
          {words.taskOf(one.task.holder ?? words.taskNobody, formatDay(one.task.dueOn, language))}
        </p>
      )}
      {open && (open.step === 'verify' || open.step === 'opine' || open.step === 'close' || open.step === 'reopen') && (
        <StepDialog
          one={one}
          step={open.step}
          title={said(open.words)}
          changed={again}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Card>
  )
}
