import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { NeedDue } from './due.tsx'
import { useNeedWords } from './words.ts'

type Line = Result<'GET /needs'>['items'][number]
const shows = ['open', 'yours', 'late', 'alike', 'closed', 'all'] as const
const lanes = ['village', 'township', 'district', 'project'] as const

/** The board as a list: everything that fits, the latest due first. */
export function NeedsList() {
  const say = useNeedWords()
  const [raw, set] = useFilters()
  const show = oneOf(shows, raw['show']) ?? 'open'
  const lane = oneOf(lanes, raw['lane'])
  const item = raw['item']
  const key = JSON.stringify([show, lane, item])
  const pages = usePages(`needs ${key}`)
  const page = useLoad(`needs ${key} ${pages.after ?? ''}`, signal =>
    api('GET /needs', {
      query: {
        show,
        ...(lane ? { lane } : {}),
        ...(item ? { item } : {}),
        ...(pages.after ? { after: pages.after } : {}),
      },
      signal,
    }),
  )
  useLive(['wishes.need', 'wishes.urgentNeed'], page.again)
  return (
    <div className="desk-pile">
      <Card label={say.show}>
        <div className="needs-filters">
          <SelectField
            label={say.show}
            value={show}
            onChange={value => set({ show: value === 'open' ? undefined : value })}
            options={shows.map(value => ({ value, label: say.shows[value] }))}
          />
          <SelectField
            label={say.lane}
            blank={say.any}
            value={lane ?? ''}
            onChange={value => set({ lane: value || undefined })}
            options={lanes.map(value => ({ value, label: say.lanes[value] }))}
          />
        </div>
      </Card>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card']} />}
      {page.value?.items.length === 0 && (
        <Empty
          title={say.listEmpty}
          act={<Button onClick={() => set({ show: undefined, lane: undefined, item: undefined })}>{say.clear}</Button>}
        >
          {say.listEmptyText}
        </Empty>
      )}
      {page.value && page.value.items.length > 0 && (
        <Card label={say.rows}>
          <h2>{say.rows}</h2>
          <NeedTable rows={page.value.items} busy={page.busy} />
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
    </div>
  )
}

export function NeedTable({ rows, busy }: { readonly rows: readonly Line[]; readonly busy: boolean }) {
  const say = useNeedWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Table
      caption={say.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'title',
          head: say.heads.title,
          main: true,
          cell: row => (
            <>
              <Link to="/needs/$needId" params={{ needId: row.id } as never} data-row className="desk-line">
                {row.title}
              </Link>
              {row.urgent && (
                <>
                  {' '}
                  <Tag tone="seal">{say.urgent}</Tag>
                </>
              )}
            </>
          ),
        },
        { key: 'name', head: say.heads.name, cell: row => row.name },
        { key: 'place', head: say.heads.place, cell: row => row.village.name },
        { key: 'lane', head: say.heads.lane, cell: row => (row.lane ? say.lanes[row.lane] : '—') },
        { key: 'state', head: say.heads.state, cell: row => said(row.stateWords) },
        { key: 'due', head: say.heads.due, cell: row => <NeedDue daysLeft={row.daysLeft} /> },
        { key: 'told', head: say.heads.told, cell: row => formatDay(row.toldOn, language) },
      ]}
    />
  )
}
