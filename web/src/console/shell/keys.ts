import { useEffect, useEffectEvent } from 'react'
import { recall, remember } from '../../platform/device.ts'

/** Single letters can be switched off: dictation software and unsteady hands press them by accident. */
export const lettersOn = (): boolean => recall('letters') !== 'off'
export const setLetters = (on: boolean): void => remember('letters', on ? undefined : 'off')

/** Radio buttons and checks take no letters. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(radio|checkbox)$/.test(target.type)))

interface Doings {
  readonly find: () => void
  readonly list: () => void
  /** After g, the letter of a screen. */
  readonly go: (letter: string) => void
}

/** From row to row of the list on the page; whatever is the row's way in carries `data-row`. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(row => row.offsetParent !== null)
  const at = rows.findIndex(row => row === document.activeElement)
  const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

const waitMs = 1_200

/** Says of each key, in the order pressed, whether it follows a g. */
export function goesSoon(): (event: KeyboardEvent) => boolean {
  let gAt = 0
  return event => {
    const after = gAt > 0 && event.timeStamp - gAt < waitMs
    gAt = event.key === 'g' && !after && !isTyping(event.target) ? event.timeStamp : 0
    return after
  }
}

/** Ctrl-K anywhere; / ? and g with a letter outside fields. */
export function useKeys(doings: Doings): void {
  const hear = useEffectEvent((event: KeyboardEvent, afterG: boolean): boolean => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      doings.find()
      return false
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !lettersOn()) return false
    if (document.querySelector('[role="dialog"]')) return false
    if (afterG) {
      doings.go(event.key)
      return false
    }
    if (event.key === '/' && !document.querySelector('[data-own-slash]')) {
      event.preventDefault()
      doings.find()
    }
    const own = document.querySelector<HTMLElement>('[data-own-slash]')
    if (event.key === '/' && own) {
      event.preventDefault()
      own.focus()
    }
    if (event.key === 'j') step(1)
    if (event.key === 'k') step(-1)
    if (event.key === '?') doings.list()
    return event.key === 'g'
  })
  useEffect(() => {
    let gAt = 0
    const listener = (event: KeyboardEvent) => {
      gAt = hear(event, event.timeStamp - gAt < waitMs && gAt > 0) ? event.timeStamp : 0
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
