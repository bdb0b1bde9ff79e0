import { useEffect, useRef, useState } from 'react'
import { useLargeType } from '../../platform/large-type.ts'
import { usePartWords } from '../words.ts'
import { hillOutline, hillSpot, riverLine, riverSpot, type Spot } from './shape.ts'
import './pool.css'

export type TileState = 'certain' | 'possible' | 'gone'

export interface Tile {
  readonly id: string
  readonly kind: 'policy' | 'service'
  readonly state: TileState
}

interface PoolProps {
  /** In the order of the pool. */
  readonly tiles: readonly Tile[]
  /** Ids that left with the last answer. */
  readonly justGone: readonly string[]
  readonly change: number
  /** Where the list in words is. */
  readonly list: string
}

/** Each tile with its place: policies and services are counted apart. */
const spotsOf = (tiles: readonly Tile[]): { tile: Tile; spot: Spot }[] => {
  const of = (kind: Tile['kind'], place: (index: number) => Spot) =>
    tiles.filter(tile => tile.kind === kind).map((tile, i) => ({ tile, spot: place(i) }))
  return [...of('policy', hillSpot), ...of('service', riverSpot)]
}

const hill = hillOutline()
const river = riverLine()

function Mark({
  spot,
  state,
  round,
  leaving,
}: {
  readonly spot: Spot
  readonly state: TileState
  readonly round: boolean
  readonly leaving: boolean
}) {
  const { x, y } = spot
  const r = round ? 8 : 3
  if (state === 'gone' && leaving)
    return <rect className="tile-leaving" x={x - 6.5} y={y - 6.5} width="13" height="13" rx={r} />
  if (state === 'gone') return <circle className="tile-gone" cx={x} cy={y} r="2.6" />
  return (
    <g className={`tile-${state}`}>
      <rect x={x - 8} y={y - 8} width="16" height="16" rx={r} />
      {state === 'certain' && <path d={`M${String(x - 4)} ${String(y + 0.3)}l3 3 5-6`} />}
    </g>
  )
}

const Key = ({ state }: { readonly state: TileState }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <Mark spot={{ x: 8, y: 8 }} state={state} round={false} leaving={false} />
  </svg>
)

/** Says the number when it changed, a moment later, so that a reader finishes the question first. */
function useSaidLater(sentence: string): string {
  const [said, setSaid] = useState('')
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const timer = setTimeout(() => setSaid(sentence), 600)
    return () => clearTimeout(timer)
  }, [sentence])
  return said
}

/**
 * What may still help, falling with each answer. The number and its sentence are the content; the picture repeats them
 * for the eye and is hidden from readers, who have the list.
 */
export function Pool({ tiles, justGone, change, list }: PoolProps) {
  const words = usePartWords()
  const large = useLargeType()
  const count = (state: TileState) => tiles.filter(tile => tile.state === state).length
  const [certain, possible, gone] = [count('certain'), count('possible'), count('gone')]
  const open = possible > 0 || certain === 0
  const [before, number, unit, after] = open ? words.left(possible) : words.found(certain)
  const sentence = open ? words.leftInOne(possible) : words.foundInOne(certain)
  const said = useSaidLater(sentence)
  return (
    <section className="pool" aria-label={words.picture}>
      <p className="pool-say">
        <span>{before}</span>
        <b>
          {number}
          <small>{unit}</small>
        </b>
        <span>{after}</span>
        {change !== 0 && <em>{change < 0 ? words.justGone(-change) : words.justBack(change)}</em>}
      </p>
      <p className="unseen" role="status">
        {said}
      </p>
      {!large && (
        <>
          <svg viewBox="-1 -4 348 168" className="pool-scroll" aria-hidden="true">
            <path className="pool-hill" d={hill} />
            <path className="pool-river" d={river} />
            {spotsOf(tiles).map(({ tile, spot }) => (
              <Mark
                key={tile.id}
                spot={spot}
                state={tile.state}
                round={tile.kind === 'service'}
                leaving={justGone.includes(tile.id)}
              />
            ))}
          </svg>
          <p className="pool-key">
            <span>
              <Key state="certain" />
              {words.certain} {certain}
            </span>
            <span>
              <Key state="possible" />
              {words.possible} {possible}
            </span>
            <span>
              <Key state="gone" />
              {words.gone} {gone}
            </span>
            <a href={list}>{words.oneByOne}</a>
          </p>
        </>
      )}
    </section>
  )
}
