import { Link, useParams } from '@tanstack/react-router'
import { formatYuan } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
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
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { NeedDue } from '../needs/due.tsx'
import { OrderRecords } from './order-records.tsx'
import { OrderStepDialog } from './step-dialog.tsx'
import { Visits } from './visits.tsx'
import { useOrderWords } from './words.ts'
import './orders.css'

export type Order = Result<'GET /orders/:orderId'>
export type OrderStep = Order['next'][number]

/** One order: for whom, what, what was done each time, and what can be done now. */
export function OrderScreen() {
  const all = useOrderWords()
  const { orderId = '' } = useParams({ strict: false }) as { orderId?: string }
  const loaded = useLoad(`order ${orderId}`, signal => api('GET /orders/:orderId', { params: { orderId }, signal }))
  useLive(['projects.order'], happening => {
    if (happening.id === '' || happening.id === orderId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={all.one} list="/orders">
      {order => <OneOrder key={order.id} order={order} put={loaded.put} />}
    </Found>
  )
}

function OneOrder({ order, put }: { readonly order: Order; readonly put: (order: Order) => void }) {
  const all = useOrderWords()
  const { one: say } = all
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const role = session.state === 'known' ? session.role : undefined
  const [asking, setAsking] = useState<OrderStep>()
  const send = async (step: OrderStep['step'], note?: string) =>
    put(
      await api('POST /orders/:orderId/steps', {
        params: { orderId: order.id },
        body: { step, expectedVersion: order.version, ...(note ? { note } : {}) },
      }),
    )
  const [move, moving] = useDeed(send)
  return (
    <>
      <nav className="orders-back">
        <Link to="/orders">
          <Icon name="back" />
          {say.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone="river">{said(order.stateWords)}</Tag>
            {order.daysLeft !== null && <NeedDue daysLeft={order.daysLeft} />}
            {order.flagged && <Tag tone="seal">{all.flagged}</Tag>}
          </p>
          <h1 tabIndex={-1}>
            {said(order.service.name)}{' '}
            <span className="orders-beside">
              {order.name} · {order.place} · {order.number}
            </span>
          </h1>
        </div>
      </header>
      <Columns
        acts={
          <>
            <Card label={say.next}>
              <h2>{say.next}</h2>
              {order.next.length === 0 && <p className="second">{say.nothing}</p>}
              {moving.problem && !asking && <Failed problem={moving.problem} />}
              <div className="orders-next">
                {order.next.map((step, i) => (
                  <Button
                    key={step.step}
                    kind={i === 0 && !step.asks.includes('reason') ? 'main' : 'framed'}
                    busy={moving.busy}
                    onClick={() => (step.asks.length > 0 ? setAsking(step) : move(step.step))}
                  >
                    {said(step.words)}
                  </Button>
                ))}
              </div>
            </Card>
            {(order.code || (order.codeLocked && role !== 'provider')) && (
              <Code order={order} mayRenew={role === 'guide' || role === 'townshipClerk'} put={put} />
            )}
          </>
        }
        notices={
          <>
            {order.guarded && <Notice>{say.guarded}</Notice>}
            {order.isMetByHand && <Notice tone="seal">{say.metByHand}</Notice>}
          </>
        }
      >
        <WhomAndWhat order={order} isProvider={role === 'provider'} />
        <Visits order={order} role={role} put={put} />
        <OrderRecords order={order} role={role} put={put} />
        <Card label={say.steps}>
          <h2>{say.steps}</h2>
          <Steps
            label={say.steps}
            steps={order.steps.map(step => ({
              title: said(step.words),
              state: 'done' as const,
              note: (
                <>
                  {[step.by, formatInstant(step.at, language)].filter(Boolean).join(' · ')}
                  {step.said && <span className="orders-note">{say.saidBy[step.said]}</span>}
                  {step.note && <span className="orders-note">{step.note}</span>}
                </>
              ),
            }))}
          />
        </Card>
      </Columns>
      {asking && (
        <OrderStepDialog
          order={order}
          step={asking}
          onSend={note => send(asking.step, note)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

function WhomAndWhat({ order, isProvider }: { readonly order: Order; readonly isProvider: boolean }) {
  const { one: say } = useOrderWords()
  const said = useSaid()
  const language = useLanguage()
  const unit = order.service.unit ? said(order.service.unit) : say.times
  const rows = [
    [say.call, order.whom.callName],
    [say.reach, order.whom.reach],
    [say.place, order.whom.place],
    [say.what, order.what],
    [say.provider, order.provider.name],
    [say.planned, say.unit(order.plannedUnits, unit)],
    [say.unitPrice, `¥${formatYuan(order.unitPrice / 100)}`],
    [say.startBy, formatDay(order.startBy, language)],
    [say.dueBy, formatDay(order.dueBy, language)],
    [say.by, `${order.createdBy} · ${formatDay(order.createdOn, language)}`],
  ] as const
  return (
    <Card label={say.whom}>
      <h2>{say.whom}</h2>
      <dl className="orders-said">
        {rows.map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!isProvider && (
        <p>
          <Link to="/needs/$needId" params={{ needId: order.need } as never}>
            {say.need}
          </Link>
        </p>
      )}
      {order.project && (
        <p>
          <Link to="/projects/$projectId" params={{ projectId: order.project } as never}>
            {say.project}
          </Link>
        </p>
      )}
    </Card>
  )
}

function Code({
  order,
  mayRenew,
  put,
}: {
  readonly order: Order
  readonly mayRenew: boolean
  readonly put: (order: Order) => void
}) {
  const { one: say } = useOrderWords()
  const [renew, renewing] = useDeed(async () =>
    put(await api('POST /orders/:orderId/code', { params: { orderId: order.id }, body: {} })),
  )
  return (
    <Card label={say.code}>
      <h2>{say.code}</h2>
      {order.codeLocked ? <p>{say.codeLocked}</p> : <p className="orders-code">{order.code}</p>}
      <p className="second small">{say.codeText}</p>
      {renewing.problem && <Failed problem={renewing.problem} />}
      {mayRenew && (
        <Button busy={renewing.busy} onClick={() => renew()}>
          {say.newCode}
        </Button>
      )}
    </Card>
  )
}
