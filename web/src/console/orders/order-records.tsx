import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useLanguage, useMarks } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import type { Order } from './one.tsx'
import { RecordForm } from './records.tsx'
import { WorkMonths } from './work-months.tsx'
import { useOrderWords } from './words.ts'

interface Props {
  readonly order: Order
  readonly role: Role | undefined
  readonly put: (order: Order) => void
}

/** What the service keeps besides: a seat in a class, a job, devices lent. */
export function OrderRecords({ order, role, put }: Props) {
  const all = useOrderWords()
  const language = useLanguage()
  if (!order.records.some(kind => ['class', 'placement', 'device', 'work'].includes(kind))) return null
  return (
    <Card label={all.records}>
      <h2>{all.records}</h2>
      <div className="orders-records">
        {order.records.includes('class') && (
          <p>
            {order.seat
              ? all.seat(order.seat.class.name, order.seat.came, order.seat.class.days)
              : all.classes.noneText}
            {order.seat?.certificate && ` · ${all.classes.certified(order.seat.certificate)}`}
          </p>
        )}
        {order.records.includes('placement') && <Placement order={order} role={role} put={put} />}
        {order.records.includes('work') && <WorkMonths order={order} role={role} put={put} />}
        {order.records.includes('device') && (
          <>
            <h3>{all.loans.title}</h3>
            {order.loans.length === 0 && <p className="second">{all.loans.none}</p>}
            <ul className="orders-list">
              {order.loans.map(loan => (
                <li key={loan.id}>
                  {loan.device}{' '}
                  {loan.returnedOn
                    ? all.loans.back(formatDay(loan.returnedOn, language))
                    : all.loans.out(formatDay(loan.dueOn, language))}
                  {loan.overdue && ` · ${all.loans.overdue}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  )
}

function Placement({ order, role, put }: Props) {
  const { colon } = useMarks()
  const { placement: say } = useOrderWords()
  const language = useLanguage()
  const today = useToday()
  const [noting, setNoting] = useState(false)
  const job = order.placement
  const [check, checking] = useDeed(async (kept: boolean) =>
    put(await api('POST /orders/:orderId/placement/checks', { params: { orderId: order.id }, body: { kept } })),
  )
  if (!job)
    return (
      <>
        {role === 'provider' && order.state === 'inProgress' && (
          <Button icon="pen" onClick={() => setNoting(true)}>
            {say.note}
          </Button>
        )}
        {noting && <PlacementDialog order={order} put={put} onClose={() => setNoting(false)} />}
      </>
    )
  return (
    <>
      <p>
        {job.employer} · {job.job} · {formatDay(job.beganOn, language)}
      </p>
      <ul className="orders-list">
        {job.checks.map(one => (
          <li key={one.month}>
            {say.month(one.month)}
            {colon}
            {one.kept ? say.kept : say.lost} · {one.by} · {formatDay(one.on, language)}
          </li>
        ))}
      </ul>
      <p>
        <strong>{say.outcome[job.outcome]}</strong>
      </p>
      {checking.problem && <Failed problem={checking.problem} />}
      {job.next && (
        <>
          <p className="second">{say.from(job.next.month, formatDay(job.next.from, language))}</p>
          {role !== 'provider' && job.next.from <= today && (
            <div className="row">
              <Button busy={checking.busy} onClick={() => check(true)}>
                {say.ask(job.next.month)}
              </Button>
              <Button busy={checking.busy} onClick={() => check(false)}>
                {say.askLost}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  )
}

function PlacementDialog({
  order,
  put,
  onClose,
}: {
  readonly order: Order
  readonly put: (order: Order) => void
  readonly onClose: () => void
}) {
  const { placement: say, send: form } = useOrderWords()
  const [employer, setEmployer] = useState('')
  const [job, setJob] = useState('')
  const [began, setBegan] = useState('')
  const wrong = employer.trim().length < 2 || job.trim().length < 2 || !began
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /orders/:orderId/placement', {
        params: { orderId: order.id },
        body: { employer: employer.trim(), job: job.trim(), beganOn: began as never },
      }),
    )
    onClose()
  })
  return (
    <RecordForm title={say.note} wrong={wrong} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <TextField
            label={say.employer}
            maxLength={80}
            value={employer}
            onChange={setEmployer}
            error={tried && employer.trim().length < 2 ? form.must : undefined}
          />
          <TextField
            label={say.job}
            maxLength={60}
            value={job}
            onChange={setJob}
            error={tried && job.trim().length < 2 ? form.must : undefined}
          />
          <DayField above label={say.began} value={began} onChange={setBegan} />
          {tried && !began && <p className="field-error">{form.must}</p>}
        </>
      )}
    </RecordForm>
  )
}
