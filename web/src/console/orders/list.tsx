import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { NeedDue } from '../needs/due.tsx'
import { useOrderWords } from './words.ts'

type Line = Result<'GET /orders'>['items'][number]
const shows = ['open', 'late', 'toCheck', 'flagged', 'ended', 'all'] as const

/** Those due first. */
export function OrderList({ isProvider }: { readonly isProvider: boolean }) {
  const say = useOrderWords()
  const [raw, set] = useFilters()
  const show = oneOf(shows, raw['show']) ?? 'open'
  const pages = usePages(`orders ${show}`)
  const page = useLoad(`orders ${show} ${pages.after ?? ''}`, signal =>
    api('GET /orders', { query: { show, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  useLive(['projects.order'], page.again)
  return (
    <div className="desk-pile">
      <Card label={say.show}>
        <div className="orders-filters">
          <SelectField
            label={say.show}
            value={show}
            onChange={value => set({ show: value === 'open' ? undefined : value })}
            options={shows.map(value => ({ value, label: say.shows[value] }))}
          />
        </div>
      </Card>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card']} />}
      {page.value?.items.length === 0 && (
        <Empty
          title={say.empty}
          act={show === 'open' ? undefined : <Button onClick={() => set({ show: undefined })}>{say.clear}</Button>}
        >
          {show === 'open' && isProvider ? say.emptyProvider : say.emptyText}
        </Empty>
      )}
      {page.value && page.value.items.length > 0 && (
        <Card label={say.rows}>
          <h2>{say.rows}</h2>
          <OrderTable rows={page.value.items} busy={page.busy} without={isProvider ? ['provider'] : []} />
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
    </div>
  )
}

export function OrderTable({
  rows,
  busy,
  without = [],
}: {
  readonly rows: readonly Line[]
  readonly busy: boolean
  /** What is the same for all of them. */
  readonly without?: readonly ('name' | 'place' | 'provider')[]
}) {
  const say = useOrderWords()
  const said = useSaid()
  const columns = [
    {
      key: 'service',
      head: say.heads.service,
      main: true,
      cell: (row: Line) => (
        <>
          <Link to="/orders/$orderId" params={{ orderId: row.id } as never} data-row className="desk-line">
            {said(row.service.name)} · {row.number.split('-').slice(-2).join('-')}
          </Link>
          {row.flagged && (
            <>
              {' '}
              <Tag tone="seal">{say.flagged}</Tag>
            </>
          )}
        </>
      ),
    },
    { key: 'name', head: say.heads.name, cell: (row: Line) => row.name },
    { key: 'place', head: say.heads.place, cell: (row: Line) => row.place },
    { key: 'provider', head: say.heads.provider, cell: (row: Line) => row.provider.name },
    { key: 'state', head: say.heads.state, cell: (row: Line) => said(row.stateWords) },
    {
      key: 'units',
      head: say.heads.units,
      figure: true,
      cell: (row: Line) => say.units(row.doneUnits, row.plannedUnits),
    },
    { key: 'due', head: say.heads.due, cell: (row: Line) => <NeedDue daysLeft={row.daysLeft} /> },
  ]
  return (
    <Table
      caption={say.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={columns.filter(column => !without.some(key => key === column.key))}
    />
  )
}
