import { useSyncExternalStore } from 'react'

/** One value outside React that components may watch. */
export interface Store<T> {
  readonly get: () => T
  readonly set: (next: T) => void
  readonly watch: (onChange: () => void) => () => void
}

export function createStore<T>(first: T): Store<T> {
  let value = first
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    set: next => {
      if (Object.is(next, value)) return
      value = next
      for (const tell of watchers) tell()
    },
    watch: onChange => {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    },
  }
}

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.watch, store.get, store.get)
