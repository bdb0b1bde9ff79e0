import { useEffect, useEffectEvent } from 'react'
import { goesSoon, isTyping, lettersOn } from '../shell/keys.ts'

/** Single letters of one screen, outside fields; g and a letter stay the way to another screen. */
export function useLetters(doings: Readonly<Record<string, () => void>>): void {
  const hear = useEffectEvent((event: KeyboardEvent, afterG: boolean) => {
    if (event.ctrlKey || event.metaKey || event.altKey || afterG || isTyping(event.target) || !lettersOn()) return
    if (!document.querySelector('[role="dialog"]')) doings[event.key]?.()
  })
  useEffect(() => {
    const afterG = goesSoon()
    const listener = (event: KeyboardEvent) => hear(event, afterG(event))
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
