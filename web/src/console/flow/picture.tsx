import { boxWidth, layOut, type Stop, type Way } from './layout.ts'

const at = { width: 960, height: 240, xs: [0, 330, 690] }

/** Bands of wash from stop to stop; what was met is green. Everything in it stands in the table beside it too. */
export function FlowPicture({
  label,
  heads,
  stops,
  ways,
  nameOf,
  isMet,
}: {
  readonly label: string
  readonly heads: readonly string[]
  readonly stops: readonly (readonly Stop[])[]
  readonly ways: readonly (readonly Way[])[]
  readonly nameOf: (stop: number, id: string) => string
  readonly isMet: (id: string) => boolean
}) {
  const picture = layOut(stops, ways, at)
  const top = 34
  return (
    <svg
      className="flow-picture"
      viewBox={`0 0 ${picture.width} ${picture.height + top}`}
      role="img"
      aria-label={label}
    >
      {heads.map((head, i) => (
        <text key={head} x={at.xs[i]} y={14} className="flow-head">
          {head}
        </text>
      ))}
      <g transform={`translate(0 ${top})`}>
        {picture.bands.flat().map(band => (
          <path
            key={`${band.from} ${band.to}`}
            d={band.path}
            className={band.isHidden ? 'flow-hidden' : isMet(band.to) ? 'flow-band met' : 'flow-band'}
          />
        ))}
        {picture.stops.map((boxes, i) =>
          boxes.map(box => (
            <g key={`${i} ${box.id}`}>
              <rect
                x={box.x}
                y={box.y}
                width={boxWidth}
                height={box.height}
                className={isMet(box.id) ? 'flow-box met' : 'flow-box'}
              />
              <text x={box.x + boxWidth + 8} y={box.y + Math.max(box.height / 2, 10) + 5} className="flow-name">
                {nameOf(i, box.id)} <tspan className="flow-count">{box.count}</tspan>
              </text>
            </g>
          )),
        )}
      </g>
    </svg>
  )
}
