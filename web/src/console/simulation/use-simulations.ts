import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { api } from '../../platform/api.ts'
import { problemOf, type Problem } from '../../platform/problem.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Simulated } from './reading.ts'
import { type Variant, written } from './variant.ts'

const waitMs = 120_000
const keptAnswers = 200

interface Simulations {
  /** By {@link written}. */
  readonly answers: ReadonlyMap<string, Simulated>
  /** The newest answer: of the variant that is wanted, or of one the hand passed on the way. */
  readonly shown: { readonly key: string; readonly answer: Simulated } | undefined
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly again: () => void
}

/** What is tried now first, then what is pinned; one question on the way at most. */
export function useSimulations(variant: Variant, pins: readonly Variant[]): Simulations {
  const key = written(variant)
  const wanted = [key, ...pins.map(written)]
  const [answers, setAnswers] = useState<ReadonlyMap<string, Simulated>>(new Map())
  const [last, setLast] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const latest = useRef({ wanted, have: answers as Map<string, Simulated> })
  const queue = useRef<ReturnType<typeof oneAtATime>>(undefined)

  const start = useEffectEvent(() => {
    queue.current ??= oneAtATime<string, Simulated>(
      () => latest.current.wanted.find(one => !latest.current.have.has(one)),
      one => api('GET /simulations', { query: { set: one || undefined }, waitMs }),
      (one, answer) => {
        const kept = new Map([...latest.current.have].slice(-keptAnswers)).set(one, answer)
        latest.current.have = kept
        setAnswers(kept)
        setProblem(undefined)
        // What was pinned comes in beside what is tried, never in its place.
        if (one === latest.current.wanted[0] || !latest.current.wanted.includes(one)) setLast(one)
      },
      (_, thrown) => setProblem(problemOf(thrown)),
    )
    queue.current.wake()
  })
  const all = wanted.join(' ')
  useEffect(() => {
    latest.current.wanted = all.split(' ')
    start()
  }, [all])

  const own = answers.get(key)
  const before = last === undefined ? undefined : answers.get(last)
  useEffect(() => {
    if (own) tellDrawn()
  }, [own])
  return {
    answers,
    shown: own ? { key, answer: own } : before && last !== undefined ? { key: last, answer: before } : undefined,
    busy: !own && problem === undefined,
    problem,
    again: () => {
      setProblem(undefined)
      queue.current?.wake()
    },
  }
}

const hand = 'simulation.hand'

/** A slider was moved: from here the time is taken. */
export const handMoved = (): void => {
  performance.mark(hand)
}

/** From the hand on the slider to the picture, as a measure `simulation`. */
function tellDrawn(): void {
  const began = performance.getEntriesByName(hand).at(-1)
  performance.clearMarks(hand)
  if (began)
    requestAnimationFrame(() => setTimeout(() => performance.measure('simulation', { start: began.startTime })))
}
