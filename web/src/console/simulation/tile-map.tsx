import { useId } from 'react'
import { useSaid } from '../../platform/words.ts'
import { plainNumber } from './slider.tsx'
import { type Sliders, toneOf, tones } from './reading.ts'
import { useSimulationWords } from './words.ts'

type Side = 'gained' | 'lost'
export interface OfTownship {
  readonly code: string
  readonly gained: number | null
  readonly lost: number | null
}

const signs: Readonly<Record<Side, string>> = { gained: '+', lost: '−' }
const shown = (n: number | null, side: Side) => (n === null ? '＊' : n === 0 ? '0' : `${signs[side]}${plainNumber(n)}`)

/** One tile a township, all of one size: the larger side as figure and tone, the other as a chip. */
export function TileMap({
  map,
  counts,
  policy,
}: {
  readonly map: Sliders['map']
  readonly counts: readonly OfTownship[]
  readonly policy: string
}) {
  const words = useSimulationWords()
  const said = useSaid()
  const id = useId()
  const { tile, columns, rows, river } = map
  const sum = (side: Side) => counts.reduce((n, c) => n + (c[side] ?? 1), 0)
  const main: Side = sum('lost') > sum('gained') ? 'lost' : 'gained'
  const other: Side = main === 'gained' ? 'lost' : 'gained'
  const bounds = tones(counts.map(c => c[main]))
  const by = new Map(counts.map(c => [c.code, c]))
  const [wide, high] = [columns * (tile.width + tile.gap), rows * (tile.height + tile.gap)]
  return (
    <svg className="tile-map" viewBox={`-4 -4 ${wide} ${high}`} role="img" aria-labelledby={id}>
      <title id={id}>{words.mapLabel(map.tiles.length, policy)}</title>
      <path
        className="hills-near"
        d={`M-4 ${high}V${high - 44}C30 ${high - 62} 50 ${high - 112} 84 ${high - 116}s44 50 76 28 42-70 74-60 44 62 76 66 60-22 86 8 30 48 62 74z`}
      />
      {river && (
        <>
          <path className="tile-river" d={river.path} strokeWidth={river.width} />
          <text className="tile-river-name" x={river.label.x} y={river.label.y}>
            {said(river.name)}
          </text>
        </>
      )}
      {map.tiles.map(({ code, name, column, row }) => {
        const count = by.get(code)
        const [most, least] = [count?.[main] ?? null, count?.[other] ?? null]
        const tone = most === null ? 0 : toneOf(most, bounds)
        return (
          <g
            key={code}
            className={`tile tone-${tone}`}
            transform={`translate(${column * (tile.width + tile.gap)} ${row * (tile.height + tile.gap)})`}
          >
            <rect width={tile.width} height={tile.height} rx="8" />
            <text className="tile-name" x="10" y="23">
              {name}
            </text>
            <text className="tile-figure" x="10" y={tile.height - 16}>
              {shown(most, main)}
            </text>
            {least !== 0 && (
              <>
                <rect className="tile-chip" x={tile.width - 42} y="7" width="36" height="22" rx="4" />
                <text className={`tile-chip-figure ${other}`} x={tile.width - 24} y="23">
                  {shown(least, other)}
                </text>
              </>
            )}
          </g>
        )
      })}
      <g className="tile-legend" transform="translate(135 2)">
        <text y="14">{words.legend[main]}</text>
        {bounds.map((bound, i) => (
          <g key={bound} transform={`translate(${i * 66} 0)`}>
            <rect className={`tone-${i + 1}`} y="24" width="62" height="16" />
            <text y="56">{words.from(bound)}</text>
          </g>
        ))}
        <rect className="tile-chip" x="350" y="22" width="36" height="22" rx="4" />
        <text className={`tile-chip-figure ${other}`} x="368" y="38">
          {signs[other]}9
        </text>
        <text x="350" y="60">
          {words.chip[other]}
        </text>
      </g>
    </svg>
  )
}
