import { createStore, useStore } from './store.ts'

/** Where the phone is: what stands after `#` in the address. Container hosts own the real path. */
export interface Place {
  readonly path: string
  readonly query: URLSearchParams
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  return { path: path.startsWith('/') ? path : `/${path}`, query: new URLSearchParams(query) }
}

/** Parameters of a pattern such as `/case/:caseId` in a path, or undefined when it is another place. */
export function matchPlace(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const parts = path.replace(/(.)\/$/, '$1').split('/')
  if (wanted.length !== parts.length) return undefined
  const found: Record<string, string> = {}
  for (const [i, want] of wanted.entries()) {
    const part = parts[i] ?? ''
    if (want.startsWith(':')) {
      if (part === '') return undefined
      try {
        found[want.slice(1)] = decodeURIComponent(part)
      } catch {
        return undefined
      }
    } else if (want !== part) return undefined
  }
  return found
}

const place = createStore<Place>(placeOf(typeof location === 'undefined' ? '' : location.hash))
let steps = 0

export function watchPlace(): void {
  place.set(placeOf(location.hash))
  globalThis.addEventListener('hashchange', () => place.set(placeOf(location.hash)))
}

export const usePlace = (): Place => useStore(place)

/** Goes to a place; `replace` leaves no entry behind, for pages one should not come back to. */
export function go(path: string, how: { replace?: boolean } = {}): void {
  if (how.replace) {
    history.replaceState(null, '', `#${path}`)
    place.set(placeOf(path))
    return
  }
  steps++
  location.hash = path
}

/** Back in history where there is one, else to the given place. */
export function goBack(otherwise: string): void {
  if (steps > 0) {
    steps--
    history.back()
  } else go(otherwise, { replace: true })
}
