import { useCallback, useEffect, useRef, useState } from 'react'
import { problemOf, type Problem } from './problem.ts'

/** What a screen knows about something it asked for. Old values stay when asking again fails. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly problem: Problem | undefined
  readonly busy: boolean
  /** When the value came. */
  readonly at: Date | undefined
  again(): void
  /** Puts in what a write answered, without asking. */
  put(value: T): void
}

/** Asks when the key changes. The key names what is asked for; undefined asks for nothing. */
export function useLoad<T>(key: string | undefined, ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<{
    key: string | undefined
    value?: T
    problem?: Problem
    busy: boolean
    at?: Date
  }>({ key, busy: key !== undefined })
  const latest = useRef(ask)
  latest.current = ask

  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    setState(was => (was.key === key && was.value !== undefined ? { ...was, busy: true } : { key, busy: true }))
    latest.current(stop.signal).then(
      value => !stop.signal.aborted && setState({ key, value, busy: false, at: new Date() }),
      (thrown: unknown) =>
        !stop.signal.aborted && setState(was => ({ ...was, key, problem: problemOf(thrown), busy: false })),
    )
    return () => stop.abort()
  }, [key, turn])

  const again = useCallback(() => setTurn(t => t + 1), [])
  const put = useCallback((value: T) => setState({ key, value, busy: false, at: new Date() }), [key])
  const mine = state.key === key
  return {
    value: mine ? state.value : undefined,
    problem: mine ? state.problem : undefined,
    busy: mine ? state.busy : true,
    at: mine ? state.at : undefined,
    again,
    put,
  }
}

/** A deed with its waiting and its failing: `const [file, filing] = useDeed(() => api(…))`. A second call while busy is ignored. */
export function useDeed<A extends unknown[]>(
  deed: (...args: A) => Promise<unknown>,
): [(...args: A) => void, { busy: boolean; problem: Problem | undefined; clear(): void }] {
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
