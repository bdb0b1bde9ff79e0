import { useId } from 'react'
import type { Result } from '../../platform/api.ts'
import { useHouseholdWords } from './words/index.ts'

const [wide, high, left, foot] = [960, 300, 64, 34]
const yuan = (n: number) => Math.round(n).toLocaleString('en-US')

/** Own income and help together against the wage; a fall is a straight drop with its size. It never moves. */
export function CliffCurve({ curve }: { readonly curve: NonNullable<Result<'GET /households/:id/cliff'>['curve']> }) {
  const { cliff: words } = useHouseholdWords()
  const id = useId()
  const { points, falls, wage } = curve
  const farthest = points.at(-1)?.wage || 1
  const most = Math.max(1, ...points.map(p => p.net)) * 1.12
  const x = (n: number) => left + (n / farthest) * (wide - left - 12)
  const y = (n: number) => high - foot - (n / most) * (high - foot - 12)
  // Between the two points of a fall the line goes straight down, at the wage where it happens.
  const fallsTo = new Set(falls.map(fall => fall.to))
  const line = (of: 'net' | 'income') =>
    points
      .map((p, i) => {
        const before = points[i - 1]
        const at = `${x(p.wage).toFixed(1)} ${y(p[of]).toFixed(1)}`
        return before && of === 'net' && fallsTo.has(p.wage)
          ? `L${x(p.wage).toFixed(1)} ${y(before.net).toFixed(1)}L${at}`
          : `${i === 0 ? 'M' : 'L'}${at}`
      })
      .join('')
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(part => Math.round((farthest * part) / 100) * 100)
  const levels = [0.25, 0.5, 0.75].map(part => Math.round((most * part) / 500) * 500).filter(n => n > 0)
  const largest = falls.toSorted((a, b) => b.by - a.by).slice(0, 3)
  return (
    <svg className="cliff" viewBox={`0 0 ${wide} ${high}`} role="img" aria-labelledby={id}>
      <title id={id}>{words.picture(falls.length)}</title>
      {[...new Set(levels)].map(n => (
        <g key={n}>
          <path className="cliff-grid" d={`M${left} ${y(n)}H${wide - 12}`} />
          <text x={left - 8} y={y(n) + 4} textAnchor="end">
            {yuan(n)}
          </text>
        </g>
      ))}
      <path className="cliff-grid" d={`M${left} ${y(0)}H${wide - 12}`} />
      {[...new Set(ticks)].map(n => (
        <text key={n} x={x(n)} y={high - 10} textAnchor={n === 0 ? 'start' : n >= farthest ? 'end' : 'middle'}>
          {yuan(n)}
        </text>
      ))}
      <path className="cliff-help" d={`${line('net')}L${x(farthest)} ${y(0)}L${x(0)} ${y(0)}Z`} />
      <path className="cliff-own" d={`${line('income')}L${x(farthest)} ${y(0)}L${x(0)} ${y(0)}Z`} />
      <path className="cliff-line" d={line('net')} />
      {falls.map(fall => {
        const [before, after] = [points.find(p => p.wage === fall.from), points.find(p => p.wage === fall.to)]
        if (!before || !after) return null
        const at = x(fall.to)
        const end = at > wide * 0.8
        return (
          <g key={fall.to} className="cliff-fall">
            <path d={`M${at} ${y(before.net)}V${y(after.net)}`} />
            {largest.includes(fall) && (
              <text x={at + (end ? -8 : 8)} y={y(before.net) - 4} textAnchor={end ? 'end' : 'start'}>
                −{yuan(fall.by)}
              </text>
            )}
          </g>
        )
      })}
      {wage !== null && wage <= farthest && (
        <g className="cliff-now">
          <path d={`M${x(wage)} 12V${y(0)}`} />
          <text x={x(wage) + 6} y="22">
            {words.now(yuan(wage))}
          </text>
        </g>
      )}
    </svg>
  )
}
