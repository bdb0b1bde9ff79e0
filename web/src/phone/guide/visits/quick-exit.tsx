import { useEffect } from 'react'
import { Button } from '../../../parts/button.tsx'
import { lockVault } from './keeper.ts'
import { useVisitWords } from './words/index.ts'

/**
 * Somebody dangerous comes in: the screen is blank at once, the key is out of the page, and the place in the history holds a
 * page about sorting waste. Going back from it asks for the PIN.
 */
export function leaveAtOnce(): void {
  document.title = ''
  document.body.hidden = true
  history.replaceState(null, '', './')
  // A browser that keeps the page as it was shows it blank, and asks for the PIN.
  addEventListener('pageshow', event => event.persisted && location.reload())
  // What was typed is on the disk already; the key goes even when that takes longer than the page.
  void lockVault().catch(() => undefined)
  location.replace('./sorting.html')
}

/** Escape twice within a second, for who has a keyboard. */
export function useQuickExit(): void {
  useEffect(() => {
    let last = 0
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      if (event.timeStamp - last < 1000) leaveAtOnce()
      last = event.timeStamp
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}

export function QuickExit() {
  const words = useVisitWords()
  return (
    <Button kind="text" icon="out" onClick={leaveAtOnce} name={words.leaveName}>
      {words.leave}
    </Button>
  )
}
