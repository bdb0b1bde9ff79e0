import { whenSignedOut } from '../../platform/api.ts'
import { sessionNow } from '../../platform/session.ts'
import { createStore, useStore } from '../../platform/store.ts'

/** The session ended while somebody was at the desk: the page stays, and asks who is there. */
const away = createStore(false)
const turn = createStore(0)

export function watchAway(): void {
  whenSignedOut(() => {
    if (sessionNow().state === 'known') away.set(true)
  })
}

export const useAway = (): boolean => useStore(away)

/** Counts the times somebody came back; screens begin anew with it. */
export const useTurn = (): number => useStore(turn)

export function comeBack(): void {
  away.set(false)
  turn.set(turn.get() + 1)
}
