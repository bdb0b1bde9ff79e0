import { Link } from '@tanstack/react-router'
import type { CSSProperties, KeyboardEvent } from 'react'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { levels } from './level.tsx'
import { useAlertWords } from './words/index.ts'

type Counted = Result<'GET /alerts/by-township'>
type Township = Counted['items'][number]
type Tile = Township & { readonly column: number; readonly row: number }

const sum = (one: Township) => one.red + one.orange + one.yellow + one.blue
const worst = (one: Township) => levels.find(level => one[level] > 0) ?? 'quiet'

const byWorst = (a: Township, b: Township) =>
  b.red - a.red || b.orange - a.orange || b.yellow - a.yellow || b.late - a.late || a.code.localeCompare(b.code)

/** A tile a township where it roughly lies, and the same numbers as a table. */
export function TownshipMap({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { map: words, levels: names } = useAlertWords()
  const loaded = useLoad('alerts by township', signal => api('GET /alerts/by-township', { signal }))
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved'], loaded.again)
  if (loaded.problem && !loaded.value) return <Failed problem={loaded.problem} again={loaded.again} />
  if (!loaded.value) return <Skeleton shape={['tall', 'tall']} />
  const { items } = loaded.value
  const some = items.filter(one => sum(one) > 0).toSorted(byWorst)
  return (
    <div className="desk-pile">
      <Card label={words.title}>
        <h2>{words.title}</h2>
        <p className="second small">{words.note}</p>
        <ul className="alert-frames second small">
          {levels.map(level => (
            <li key={level} className={level}>
              {words.frames[level]}
            </li>
          ))}
        </ul>
        <Drawn counted={loaded.value} onOpen={onOpen} />
      </Card>
      <Card label={words.table}>
        <h2>{words.table}</h2>
        {some.length > 0 && (
          <Table
            caption={words.table}
            rows={some}
            rowKey={one => one.code}
            columns={[
              {
                key: 'township',
                head: words.township,
                main: true,
                cell: one => (
                  <Link to="/alerts" search={{ division: one.code } as never} data-row className="desk-line">
                    {one.name}
                  </Link>
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
        )}
        {some.length < items.length && (
          <p className="second small alert-part">{words.others(items.length - some.length)}</p>
        )}
      </Card>
    </div>
  )
}

/** Only what the asker may see is drawn, as large as fits. */
function Drawn({ counted, onOpen }: { readonly counted: Counted; readonly onOpen: (code: string) => void }) {
  const { map: words, levels: names } = useAlertWords()
  const { items, tile, river } = counted
  const tiles = items
    .filter((one): one is Tile => one.column !== null && one.row !== null)
    .toSorted((a, b) => a.row - b.row || a.column - b.column)
  if (tiles.length === 0) return null
  const [columns, rows] = [tiles.map(t => t.column), tiles.map(t => t.row)]
  const [left, top] = [Math.min(...columns), Math.min(...rows)]
  const [across, down] = [Math.max(...columns) - left + 1, Math.max(...rows) - top + 1]
  const [stepX, stepY] = [tile.width + tile.gap, tile.height + tile.gap]
  const [width, height] = [across * stepX - tile.gap, down * stepY - tile.gap]
  const share = (part: number, whole: number) => `${String((100 * part) / whole)}%`
  return (
    <div
      className="alert-map"
      role="group"
      aria-label={words.title}
      style={
        {
          '--across': String(width),
          '--down': String(height),
          '--rows': String(down),
          maxWidth: `${String(across * 7)}rem`,
        } as CSSProperties
      }
    >
      {river && (
        <svg viewBox={`${left * stepX} ${top * stepY} ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
          <path className="alert-map-river" d={river.path} strokeWidth={river.width} />
        </svg>
      )}
      {tiles.map(one => (
        <button
          key={one.code}
          type="button"
          className={`alert-tile ${worst(one)}`}
          style={{
            left: share((one.column - left) * stepX, width),
            top: share((one.row - top) * stepY, height),
            width: share(tile.width, width),
            height: share(tile.height, height),
          }}
          data-place={`${String(one.column)} ${String(one.row)}`}
          onClick={() => onOpen(one.code)}
          onKeyDown={event => toNeighbour(event, tiles, one)}
        >
          <span>{one.short}</span>
          <b>{sum(one) || words.none}</b>
          {one.red > 0 && <small>{`${names.red} ${String(one.red)}`}</small>}
          <span className="unseen">{words.open(one.name, sum(one), one.red)}</span>
        </button>
      ))}
    </div>
  )
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Arrows go to the nearest tile that lies that way. */
function toNeighbour(event: KeyboardEvent<HTMLButtonElement>, tiles: readonly Tile[], from: Tile): void {
  const step = steps[event.key]
  if (!step) return
  event.preventDefault()
  const [x, y] = step
  const near = (one: Tile) => {
    const along = (one.column - from.column) * x + (one.row - from.row) * y
    const aside = Math.abs((one.column - from.column) * y) + Math.abs((one.row - from.row) * x)
    return along > 0 ? along + 2 * aside : Infinity
  }
  const next = tiles.toSorted((a, b) => near(a) - near(b))[0]
  if (!next || near(next) === Infinity) return
  event.currentTarget.parentElement
    ?.querySelector<HTMLButtonElement>(`[data-place="${String(next.column)} ${String(next.row)}"]`)
    ?.focus()
}
