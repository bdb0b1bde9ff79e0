import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { OrdersOfNeed } from '../orders/of-need.tsx'
import { CandidatesCard } from './candidates.tsx'
import { Consent } from './consent.tsx'
import { NeedDue } from './due.tsx'
import { WriteDialog } from '../slips/write-dialog.tsx'
import { Publish } from './publish.tsx'
import { type Need, type NeedStep, StepDialog } from './step-dialog.tsx'
import { useNeedWords } from './words.ts'
import './needs.css'

/** One need: what was said, where it is, what was done, and what can be done now. */
export function NeedScreen() {
  const all = useNeedWords()
  const { needId = '' } = useParams({ strict: false }) as { needId?: string }
  const loaded = useLoad(`need ${needId}`, signal => api('GET /needs/:needId', { params: { needId }, signal }))
  useLive(['wishes.need', 'wishes.urgentNeed'], happening => {
    if (happening.id === '' || happening.id === needId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={all.one} list="/needs">
      {need => <OneNeed key={need.id} need={need} put={loaded.put} again={loaded.again} />}
    </Found>
  )
}

const atOnce = ['accept', 'match', 'assign', 'start', 'deliver', 'screen', 'pool', 'confirm', 'evaluate', 'close']

function OneNeed({
  need,
  put,
  again,
}: {
  readonly need: Need
  readonly put: (need: Need) => void
  readonly again: () => void
}) {
  const session = useSession()
  const role = session.state === 'known' ? session.role : undefined
  const isHub = role === 'operator' || role === 'districtOfficer'
  const mayPublish = isHub && !need.careful && (need.state === 'inWishPool' || need.state === 'claimed')
  const mayAsk = role !== 'operator'
  const all = useNeedWords()
  const { one: say } = all
  const said = useSaid()
  const language = useLanguage()
  const [asking, setAsking] = useState<NeedStep>()
  const send = async (step: NeedStep['step'], body: Record<string, unknown> = {}) =>
    put(
      await api('POST /needs/:needId/steps', {
        params: { needId: need.id },
        body: { step, expectedVersion: need.version, ...body } as never,
      }),
    )
  const [move, moving] = useDeed(send)
  const join = need.next.find(step => step.step === 'join')
  const steps = need.next.filter(step => step !== join)
  const main = steps.find(step => atOnce.includes(step.step))
  return (
    <>
      <nav className="needs-back">
        <Link to="/needs">
          <Icon name="back" />
          {say.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone={need.lane === null ? 'plain' : 'river'}>{said(need.stateWords)}</Tag>
            {need.urgent && <Tag tone="seal">{all.urgent}</Tag>}
            {need.daysLeft !== null && <NeedDue daysLeft={need.daysLeft} />}
            {need.careful && <span className="second small">{all.careful}</span>}
            {need.aboutChild && <span className="second small">{all.aboutChild}</span>}
          </p>
          <h1 tabIndex={-1}>
            {need.title}{' '}
            <span className="needs-beside">
              {need.name} · {need.village.name} · {formatDay(need.toldOn, language)} · {need.number}
            </span>
          </h1>
        </div>
      </header>
      <Columns
        acts={
          <Card label={say.next}>
            <h2>{say.next}</h2>
            {steps.length === 0 && <p className="second">{say.nothing}</p>}
            {moving.problem && !asking && <Failed problem={moving.problem} />}
            <div className="needs-next">
              {steps
                .toSorted((a, b) => Number(b === main) - Number(a === main))
                .map(step => (
                  <Button
                    key={step.step}
                    kind={step === main ? 'main' : 'framed'}
                    busy={moving.busy}
                    onClick={() => (step.asks.length > 0 ? setAsking(step) : move(step.step))}
                  >
                    {said(step.words)}
                  </Button>
                ))}
            </div>
          </Card>
        }
      >
        <Said need={need} />
        {mayPublish && <Publish needId={need.id} onChanged={again} />}
        {need.wish && mayAsk && <Consent wish={need.wish} asks={need.state === 'claimed'} onChanged={again} />}
        {!need.careful && role !== 'villageGroup' && (
          <OrdersOfNeed
            needId={need.id}
            version={need.version}
            item={need.item?.id}
            maySend={need.next.some(step => step.step === 'assign')}
            onSent={again}
          />
        )}
        {need.next.some(step => step.step === 'match') && !need.careful && (
          <CandidatesCard needId={need.id} version={need.version} onLinked={again} />
        )}
        {need.alike.length > 0 && (
          <Card label={say.alike}>
            <h2>{say.alike}</h2>
            <ul className="needs-alike">
              {need.alike.map(other => (
                <li key={other.id}>
                  <span>
                    {other.likely && <Tag tone="dusk">{say.likely}</Tag>}{' '}
                    <Link to="/needs/$needId" params={{ needId: other.id } as never}>
                      {other.title} · {said(other.stateWords)} · {formatDay(other.toldOn, language)}
                    </Link>
                    {other.elsewhere && (
                      <span className="needs-note second small">{say.elsewhere(other.name, other.village.name)}</span>
                    )}
                  </span>
                  {join && (
                    <Button
                      name={`${say.join} ${other.title}`}
                      busy={moving.busy}
                      onClick={() => move('join', { other: other.id })}
                    >
                      {say.join}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card label={say.steps}>
          <h2>{say.steps}</h2>
          <Steps
            label={say.steps}
            steps={need.steps.map(step => ({
              title: said(step.words),
              state: 'done' as const,
              note: (
                <>
                  {[step.by || say.family, step.level && say.level[step.level], formatInstant(step.at, language)]
                    .filter(Boolean)
                    .join(' · ')}
                  {step.said && (
                    <span className="needs-note">
                      {say.saidBy[step.said.code](
                        step.said.from ? said(step.said.from) : '',
                        step.said.on ? formatDay(step.said.on, language) : '',
                      )}
                    </span>
                  )}
                  {step.note && <span className="needs-note">{step.note}</span>}
                </>
              ),
            }))}
          />
        </Card>
      </Columns>
      {asking?.step === 'refer' && (
        <WriteDialog
          household={need.household}
          members={[]}
          begin={{
            need: need.words,
            careful: need.careful,
            ...(need.item ? { subject: need.item.id } : {}),
          }}
          onWritten={slip => move('refer', { slip })}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking && asking.step !== 'refer' && (
        <StepDialog
          need={need}
          steps={[asking]}
          onSend={(step, body) => send(step.step, body)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

function Said({ need }: { readonly need: Need }) {
  const all = useNeedWords()
  const { one: say } = all
  const said = useSaid()
  const session = useSession()
  const seesFamilies = session.state === 'known' && session.role !== 'operator'
  const other = need.joined ?? need.after
  const rows = [
    [say.by, need.toldBy ? `${need.toldBy} · ${said(need.origin.words)}` : say.family],
    [say.kind, need.kind && all.kinds[need.kind]],
    [say.item, need.item && said(need.item.name)],
    [say.resource, need.resource?.name],
    [say.slip, need.slip && `${said(need.slip.unit)} · ${need.slip.number} · ${said(need.slip.stateWords)}`],
    [say.rating, need.rating && `${need.rating} ${all.form.ratings[need.rating - 1] ?? ''}`],
  ] as const
  return (
    <Card label={say.said}>
      <h2>{say.said}</h2>
      <p className="needs-words">{need.words}</p>
      <dl className="needs-said">
        {rows.map(
          ([head, value]) =>
            value && (
              <div key={head}>
                <dt>{head}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {seesFamilies && (
        <p>
          <Link to="/registry/$householdId" params={{ householdId: need.household } as never}>
            {say.household}
          </Link>
        </p>
      )}
      {other && (
        <p>
          {need.joined ? say.joined : say.after}{' '}
          <Link to="/needs/$needId" params={{ needId: other } as never}>
            {say.see}
          </Link>
        </p>
      )}
    </Card>
  )
}
