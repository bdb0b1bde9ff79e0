import { useState } from 'react'
import { Button } from '../button.tsx'
import { useDeskWords } from './words/index.ts'

/** Where each list was last looked at. Kept here, not in the address: a cursor may carry a name's spelling. */
const places = new Map<string, readonly string[]>()

export interface Pages {
  /** Goes into the query as `after`. */
  readonly after: string | undefined
  readonly number: number
  readonly toNext: (next: string) => void
  readonly toBefore: () => void
}

/** The pages of one list, by keyset; another key is another list and begins at its first page. */
export function usePages(key: string): Pages {
  const [, redraw] = useState(0)
  const trail = places.get(key) ?? []
  const go = (next: readonly string[]) => {
    places.set(key, next)
    redraw(n => n + 1)
    globalThis.scrollTo?.(0, 0)
  }
  return {
    after: trail.at(-1),
    number: trail.length + 1,
    toNext: next => go([...trail, next]),
    toBefore: () => go(trail.slice(0, -1)),
  }
}

export function Pager({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  const words = useDeskWords()
  if (pages.number === 1 && next === null) return null
  return (
    <nav className="row" aria-label={words.pages}>
      <Button icon="back" off={pages.number === 1} onClick={pages.toBefore}>
        {words.before}
      </Button>
      <span className="second" role="status">
        {words.page(pages.number)}
      </span>
      <Button off={next === null} onClick={() => next !== null && pages.toNext(next)}>
        {words.after}
      </Button>
    </nav>
  )
}
