import { hillOutline, hillPlaces, hillSpot, riverLine, riverPlaces, riverSpot } from '../../parts/pool/shape.ts'

const hill = hillOutline()
const river = riverLine()

/** The whole pool before the first answer: everything is still possible. A picture, hidden from readers. */
export const Landscape = () => (
  <svg viewBox="-1 -4 348 168" className="pool-scroll start-landscape" aria-hidden="true">
    <path className="pool-hill" d={hill} />
    <path className="pool-river" d={river} />
    <g className="tile-possible">
      {Array.from({ length: hillPlaces }, (_, i) => hillSpot(i)).map(({ x, y }) => (
        <rect key={`${String(x)} ${String(y)}`} x={x - 8} y={y - 8} width="16" height="16" rx="3" />
      ))}
      {Array.from({ length: riverPlaces }, (_, i) => riverSpot(i)).map(({ x, y }) => (
        <rect key={x} x={x - 8} y={y - 8} width="16" height="16" rx="8" />
      ))}
    </g>
  </svg>
)
