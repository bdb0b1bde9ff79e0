import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { levels } from './level.tsx'
import { useAlertWords } from './words/index.ts'

type Township = Result<'GET /alerts/by-township'>['items'][number]

const sum = (one: Township) => one.red + one.orange + one.yellow + one.blue
const worst = (one: Township) => levels.find(level => one[level] > 0) ?? 'none'

/** A tile a township where it roughly lies, and the same numbers as a table. */
export function TownshipMap({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { map: words, levels: names } = useAlertWords()
  const loaded = useLoad('alerts by township', signal => api('GET /alerts/by-township', { signal }))
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved'], loaded.again)
  if (loaded.problem && !loaded.value) return <Failed problem={loaded.problem} again={loaded.again} />
  if (!loaded.value) return <Skeleton shape={['tall', 'tall']} />
  const { items, columns } = loaded.value
  const tiles = items.flatMap(one =>
    one.column === null || one.row === null ? [] : [{ ...one, column: one.column, row: one.row }],
  )
  const [left, top] = [Math.min(...tiles.map(t => t.column)), Math.min(...tiles.map(t => t.row))]
  return (
    <div className="desk-columns">
      <Card label={words.title}>
        <h2>{words.title}</h2>
        <p className="second small">{words.note}</p>
        <div className="alert-map" style={{ gridTemplateColumns: `repeat(${String(columns)}, minmax(0, 1fr))` }}>
          {tiles.map(one => (
            <button
              key={one.code}
              type="button"
              className={`alert-tile ${worst(one)}`}
              style={{ gridColumn: one.column - left + 1, gridRow: one.row - top + 1 }}
              aria-label={words.open(one.name, sum(one))}
              onClick={() => onOpen(one.code)}
            >
              <span>{one.name}</span>
              <b>{sum(one) || words.none}</b>
              {one.red > 0 && <small>{`${names.red} ${String(one.red)}`}</small>}
            </button>
          ))}
        </div>
      </Card>
      <Card label={words.table}>
        <Table
          caption={words.table}
          rows={items}
          rowKey={one => one.code}
          columns={[
            {
              key: 'township',
              head: words.township,
              main: true,
              cell: one => (
                <button type="button" className="link" data-row onClick={() => onOpen(one.code)}>
                  {one.name}
                </button>
              ),
            },
            ...levels.map(level => ({
              key: level,
              head: names[level],
              figure: true,
              cell: (one: Township) => one[level],
            })),
            { key: 'late', head: words.late, figure: true, cell: one => one.late },
          ]}
        />
      </Card>
    </div>
  )
}
