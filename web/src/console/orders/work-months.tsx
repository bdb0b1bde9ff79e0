import { formatYuan } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { MoneyField, NumberField, SelectField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import type { Order } from './one.tsx'
import { RecordForm } from './records.tsx'
import { useOrderWords } from './words.ts'

type Month = Order['workMonths'][number]

/** Assistive work: what somebody did in each month, and what they were paid. */
export function WorkMonths({
  order,
  role,
  put,
}: {
  readonly order: Order
  readonly role: Role | undefined
  readonly put: (order: Order) => void
}) {
  const { work: say } = useOrderWords()
  const language = useLanguage()
  const [noting, note] = useState<{ readonly of: Month | undefined }>()
  const today = useToday()
  const months = order.workMonths
  const mayNote = role === 'provider' && order.state === 'inProgress'
  const open = mayNote ? monthsSince(order.createdOn, today).filter(one => !months.some(row => row.month === one)) : []
  return (
    <>
      <h3>{say.title}</h3>
      {months.length === 0 && <p className="second">{say.none}</p>}
      {months.length > 0 && (
        <>
          <Table
            caption={say.title}
            rows={months}
            rowKey={row => row.month}
            columns={[
              { key: 'month', head: say.month, main: true, cell: row => row.month },
              { key: 'days', head: say.days, figure: true, cell: row => row.days },
              { key: 'hours', head: say.hours, figure: true, cell: row => row.hours },
              { key: 'pieces', head: say.piecesHead, figure: true, cell: row => row.pieces ?? '' },
              { key: 'pay', head: say.pay, figure: true, cell: row => formatYuan(row.payFen / 100) },
              {
                key: 'paid',
                head: say.paidHead,
                cell: row =>
                  row.paidOn ? say.paid(formatDay(row.paidOn, language)) : <Tag tone="seal">{say.unpaid}</Tag>,
              },
              ...(mayNote
                ? [
                    {
                      key: 'act',
                      head: '',
                      cell: (row: Month) => (
                        <Button kind="text" icon="pen" onClick={() => note({ of: row })}>
                          {say.change(row.month)}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <p className="second">
            {say.sum(
              months.reduce((sum, row) => sum + row.days, 0),
              formatYuan(months.reduce((sum, row) => sum + row.payFen, 0) / 100),
            )}
          </p>
        </>
      )}
      {open.length > 0 && (
        <Button icon="pen" onClick={() => note({ of: undefined })}>
          {say.note}
        </Button>
      )}
      {noting && <MonthDialog order={order} of={noting.of} open={open} put={put} onClose={() => note(undefined)} />}
    </>
  )
}

/** From the month of the order to this one, the newest first. */
function monthsSince(from: string, today: string): string[] {
  const months: string[] = []
  for (let [year = 0, month = 0] = today.split('-').map(Number); months.length < 120; ) {
    const one = `${year}-${String(month).padStart(2, '0')}`
    if (one < from.slice(0, 7)) break
    months.push(one)
    if (--month === 0) [year, month] = [year - 1, 12]
  }
  return months
}

const isWhole = (typed: string, most: number): boolean => {
  const n = numberIn(typed)
  return n !== undefined && Number.isInteger(n) && n >= 0 && n <= most
}

function MonthDialog({
  order,
  of,
  open,
  put,
  onClose,
}: {
  readonly order: Order
  readonly of: Month | undefined
  /** Not noted yet: what is noted is changed in its own row, where its figures are seen. */
  readonly open: readonly string[]
  readonly put: (order: Order) => void
  readonly onClose: () => void
}) {
  const { work: say } = useOrderWords()
  const today = useToday()
  const [month, setMonth] = useState(of?.month ?? open[0] ?? '')
  const [days, setDays] = useState(String(of?.days ?? ''))
  const [hours, setHours] = useState(String(of?.hours ?? ''))
  const [pieces, setPieces] = useState(String(of?.pieces ?? ''))
  const [pay, setPay] = useState(of ? String(of.payFen / 100) : '')
  const [paidOn, setPaidOn] = useState<string>(of?.paidOn ?? '')
  const fen = Math.round((numberIn(pay) ?? -1) * 100)
  const wrong = {
    month: month === '',
    days: !isWhole(days, 31),
    hours: !isWhole(hours, 744),
    pieces: pieces.trim() !== '' && !isWhole(pieces, 1_000_000),
    pay: !(fen >= 0 && fen <= 10_000_000),
    paidOn: paidOn !== '' && (paidOn < `${month}-01` || paidOn > today),
  }
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /orders/:orderId/work-months', {
        params: { orderId: order.id },
        body: {
          month,
          days: numberIn(days) ?? 0,
          hours: numberIn(hours) ?? 0,
          ...(pieces.trim() !== '' && { pieces: numberIn(pieces) ?? 0 }),
          payFen: fen,
          ...(paidOn && { paidOn: paidOn as never }),
        },
      }),
    )
    onClose()
  })
  return (
    <RecordForm
      title={of ? say.change(of.month) : say.note}
      wrong={Object.values(wrong).includes(true)}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {tried => (
        <>
          {!of && (
            <SelectField
              label={say.month}
              value={month}
              onChange={setMonth}
              options={open.map(value => ({ value, label: value }))}
              error={tried && wrong.month ? say.mustMonth : undefined}
            />
          )}
          <div className="orders-two">
            <NumberField
              label={say.days}
              value={days}
              onChange={setDays}
              error={tried && wrong.days ? say.mustDays : undefined}
            />
            <NumberField
              label={say.hours}
              value={hours}
              onChange={setHours}
              error={tried && wrong.hours ? say.mustHours : undefined}
            />
            <NumberField
              optional
              label={say.pieces}
              value={pieces}
              onChange={setPieces}
              error={tried && wrong.pieces ? say.mustPieces : undefined}
            />
            <MoneyField
              label={say.pay}
              value={pay}
              onChange={setPay}
              error={tried && wrong.pay ? say.mustPay : undefined}
            />
          </div>
          <DayField
            above
            optional
            label={say.paidOn}
            value={paidOn}
            onChange={setPaidOn}
            min={month ? `${month}-01` : undefined}
            max={today}
          />
          {tried && wrong.paidOn && <p className="field-error">{say.mustPaidOn}</p>}
        </>
      )}
    </RecordForm>
  )
}
