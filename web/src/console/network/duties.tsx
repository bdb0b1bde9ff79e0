import { duties, type Duty, dutyWords } from '@zhulian/kernel'
import { Card } from '../../parts/card.tsx'
import { type Column, Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { formatMonth } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import { useNetworkWords } from './words/index.ts'

type Counted = Result<'GET /network/duties'>
type Counts = Pick<Counted['months'][number], Duty>

const sumOf = (row: Counts) => duties.reduce((sum, duty) => sum + row[duty], 0)

/** What was done of the four duties: by whom in a month, and all of it in the months before. */
export function Duties({
  division,
  month: chosen,
  onMonth,
}: {
  readonly division: string | undefined
  readonly month: string | undefined
  readonly onMonth: (month: string | undefined) => void
}) {
  const { duties: words } = useNetworkWords()
  const language = useLanguage()
  const said = useSaid()
  const now = useToday().slice(0, 7)
  const months = Array.from({ length: 12 }, (_, i) => monthBefore(now, i))
  const month = months.find(m => m === chosen) ?? now
  const page = useLoad(`duties ${month} ${division ?? ''}`, signal =>
    api('GET /network/duties', { query: { month, ...(division ? { division } : {}) }, signal }),
  )
  useLive(['outreach.'], page.again)
  const four = <R extends Counts>(): Column<R>[] => [
    ...duties.map(duty => ({
      key: duty,
      head: said(dutyWords[duty]),
      figure: true,
      cell: (row: R) => row[duty],
    })),
    { key: 'sum', head: words.heads.sum, figure: true, cell: row => <b>{sumOf(row)}</b> },
  ]
  return (
    <>
      <Card label={words.month}>
        <div className="network-filters">
          <SelectField
            label={words.month}
            value={month}
            onChange={next => onMonth(next === now ? undefined : next)}
            options={months.map(value => ({ value, label: formatMonth(value, language) }))}
          />
        </div>
      </Card>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value?.people.length === 0 && <Empty title={words.none}>{words.noneText}</Empty>}
      {page.value && page.value.people.length > 0 && (
        <Card label={words.title}>
          <div className="desk-card-head">
            <h2>{words.title}</h2>
            <span className="second small">{words.text}</span>
          </div>
          <Table
            caption={words.title}
            rows={page.value.people}
            busy={page.busy}
            rowKey={row => row.account}
            columns={[
              { key: 'who', head: words.heads.who, main: true, cell: row => row.name },
              ...four<Counted['people'][number]>(),
              { key: 'open', head: words.heads.open, figure: true, cell: row => row.open },
            ]}
          />
        </Card>
      )}
      {page.value && (
        <Card label={words.months}>
          <div className="desk-card-head">
            <h2>{words.months}</h2>
            <span className="second small">{words.monthsText}</span>
          </div>
          <Table
            caption={words.months}
            rows={page.value.months}
            rowKey={row => row.month}
            columns={[
              { key: 'month', head: words.heads.month, main: true, cell: row => formatMonth(row.month, language) },
              ...four<Counted['months'][number]>(),
            ]}
          />
        </Card>
      )}
    </>
  )
}

function monthBefore(month: string, n: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - n
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
