import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { SlipDue } from './due.tsx'
import { SlipState } from './slip-table.tsx'
import { StepDialog } from './step-dialog.tsx'
import { useSlipWords } from './words.ts'
import './slips.css'

export type Slip = Result<'GET /slips/:slipId'>
export type SlipStep = Slip['next'][number]

/** One slip: whom it is about, what is needed, how far it is, and the answers that can be given. */
export function SlipScreen() {
  const say = useSlipWords()
  const { slipId = '' } = useParams({ strict: false }) as { slipId?: string }
  const loaded = useLoad(`slip ${slipId}`, signal => api('GET /slips/:slipId', { params: { slipId }, signal }))
  useLive(['outreach.slip'], happening => {
    if (happening.id === '' || happening.id === slipId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={say.title} words={say} list="/slips">
      {slip => <OneSlip slip={slip} put={loaded.put} again={loaded.again} />}
    </Found>
  )
}

interface Changing {
  readonly slip: Slip
  readonly put: (slip: Slip) => void
  readonly again: () => void
}

function OneSlip({ slip, put, again }: Changing) {
  const say = useSlipWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <>
      <nav className="slip-back">
        <Link to="/slips">
          <Icon name="back" />
          {say.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <SlipState slip={slip} />
            <SlipDue daysLeft={slip.daysLeft} />
            {slip.careful && <span className="second small">{say.careful}</span>}
          </p>
          <h1 tabIndex={-1}>
            {slip.subject ? said(slip.subject.name) : said(slip.unit.name)}{' '}
            <span className="slip-beside">
              {said(slip.unit.name)} · <span className="slip-number">{slip.number}</span>
            </span>
          </h1>
        </div>
      </header>
      <Columns acts={<Next slip={slip} put={put} again={again} />}>
        <Card label={say.need}>
          <h2>{say.need}</h2>
          <p className="slip-need">{slip.need}</p>
          <dl className="slip-said">
            <dt>{say.whom}</dt>
            <dd>{slip.whom ? slip.whom.name : say.takenBack}</dd>
            {slip.whom && (
              <>
                <dt>{say.reach}</dt>
                <dd>{slip.whom.reach ?? <span className="second">{say.noReach}</span>}</dd>
              </>
            )}
            <dt>{say.place}</dt>
            <dd>{slip.place}</dd>
            <dt>{say.sent}</dt>
            <dd>
              {say.sentBy(slip.sentBy, formatDay(slip.sentOn, language))} · {say.within(slip.days)}
            </dd>
          </dl>
          {slip.household && (
            <p>
              <Link to="/registry/$householdId" params={{ householdId: slip.household } as never}>
                {say.household}
              </Link>
            </p>
          )}
        </Card>
        <Card label={say.steps}>
          <h2>{say.steps}</h2>
          <Steps
            label={say.steps}
            steps={slip.steps.map(step => ({
              title: said(step.words),
              state: 'done' as const,
              note: (
                <>
                  {say.offices[step.office]}
                  {step.office !== 'clock' && ` · ${step.by}`} · {formatInstant(step.at, language)}
                  {step.answeredBy && ` · ${say.answeredBy(step.answeredBy)}`}
                  {step.note && <span className="slip-note">{step.note}</span>}
                </>
              ),
            }))}
          />
        </Card>
      </Columns>
    </>
  )
}

function Next({ slip, put, again }: Changing) {
  const say = useSlipWords()
  const said = useSaid()
  const [asking, setAsking] = useState<SlipStep>()
  const [move, moving] = useDeed(async (step: SlipStep) => {
    put(
      await api('POST /slips/:slipId/steps', {
        params: { slipId: slip.id },
        body: { step: step.step, expectedVersion: slip.version },
      }),
    )
  })
  return (
    <Card label={say.next}>
      <h2>{say.next}</h2>
      {slip.next.length === 0 && <p className="second">{say.nothing}</p>}
      {slip.next.some(step => step.onPaper) && <p className="second small">{say.onPaper}</p>}
      {moving.problem && <Failed problem={moving.problem} again={again} />}
      <div className="slip-next">
        {slip.next.map((step, i) => (
          <Button
            key={step.step}
            kind={i === 0 && !step.onPaper ? 'main' : 'framed'}
            busy={moving.busy}
            onClick={() => (step.asks || step.onPaper ? setAsking(step) : move(step))}
          >
            {said(step.words)}
          </Button>
        ))}
      </div>
      {asking && <StepDialog slip={slip} step={asking} put={put} onClose={() => setAsking(undefined)} />}
    </Card>
  )
}
