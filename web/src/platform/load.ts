import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { problemOf, type Problem } from './problem.ts'

/** What a screen knows about something it asked for. Old values stay when asking again fails. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly problem: Problem | undefined
  readonly busy: boolean
  /** When the value came. */
  readonly at: Date | undefined
  readonly again: () => void
  /** Puts in what a write answered, without asking. */
  readonly put: (value: T) => void
}

interface Answer<T> {
  readonly key: string | undefined
  readonly turn: number
  readonly value?: T
  readonly problem?: Problem
  readonly at?: Date
}

/** Asks when the key changes. The key names what is asked for; undefined asks for nothing. */
export function useLoad<T>(key: string | undefined, ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [turn, setTurn] = useState(0)
  const [answer, setAnswer] = useState<Answer<T>>({ key: undefined, turn: -1 })
  const asking = useEffectEvent(ask)

  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    asking(stop.signal).then(
      value => !stop.signal.aborted && setAnswer({ key, turn, value, at: new Date() }),
      (thrown: unknown) =>
        !stop.signal.aborted &&
        setAnswer(was => ({ ...(was.key === key ? was : {}), key, turn, problem: problemOf(thrown) })),
    )
    return () => stop.abort()
  }, [key, turn])

  const again = useCallback(() => setTurn(t => t + 1), [])
  const put = useCallback((value: T) => setAnswer({ key, turn, value, at: new Date() }), [key, turn])
  const mine = answer.key === key && key !== undefined
  return {
    value: mine ? answer.value : undefined,
    problem: mine && answer.turn === turn ? answer.problem : undefined,
    busy: key !== undefined && !(mine && answer.turn === turn),
    at: mine ? answer.at : undefined,
    again,
    put,
  }
}

export interface Deed {
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly clear: () => void
}

/** A deed with its waiting and its failing: `const [file, filing] = useDeed(() => api(…))`. A second call while busy is ignored. */
export function useDeed<A extends unknown[]>(deed: (...args: A) => Promise<unknown>): [(...args: A) => void, Deed] {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | undefined }>({
    busy: false,
    problem: undefined,
  })
  const running = useRef(false)
  const run = (...args: A) => {
    if (running.current) return
    running.current = true
    setState({ busy: true, problem: undefined })
    deed(...args)
      .then(
        () => setState({ busy: false, problem: undefined }),
        (thrown: unknown) => setState({ busy: false, problem: problemOf(thrown) }),
      )
      .finally(() => {
        running.current = false
      })
  }
  return [run, { ...state, clear: () => setState({ busy: false, problem: undefined }) }]
}
