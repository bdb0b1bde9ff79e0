import { useEffect } from 'react'
import type { Language } from '@zhulian/kernel'
import { createStore, useStore } from './store.ts'

const voices = createStore<readonly SpeechSynthesisVoice[]>([])
const speaking = createStore(false)

const engine = () => (typeof speechSynthesis === 'undefined' ? undefined : speechSynthesis)

const refresh = () => voices.set(engine()?.getVoices() ?? [])

/** Whether this device can read a page aloud in the language; the button hides when it cannot. */
export function useVoice(language: Language): boolean {
  useEffect(() => {
    refresh()
    engine()?.addEventListener?.('voiceschanged', refresh)
    return () => engine()?.removeEventListener?.('voiceschanged', refresh)
  }, [])
  return useStore(voices).some(voice => voice.lang.toLowerCase().startsWith(language))
}

/** Text of what is on the page, without what is hidden from readers. */
export function spokenText(root: HTMLElement): string {
  const lines: string[] = []
  for (const node of root.querySelectorAll<HTMLElement>(
    '[data-say], h1, h2, h3, p, li, dt, dd, legend, label, summary',
  )) {
    if (node.closest('[aria-hidden="true"]') || node.querySelector('h1, h2, h3, p, li') || node.offsetParent === null)
      continue
    const line = node.innerText.replaceAll(/\s+/g, ' ').trim()
    if (line && lines.at(-1) !== line) lines.push(line)
  }
  return lines.join('。')
}

export function hush(): void {
  engine()?.cancel()
  speaking.set(false)
}

export function speak(text: string, language: Language): void {
  const able = engine()
  if (!able || text === '') return
  hush()
  const saying = new SpeechSynthesisUtterance(text)
  saying.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
  saying.rate = 0.9
  const voice = voices.get().find(v => v.lang.toLowerCase().startsWith(language))
  if (voice) saying.voice = voice
  saying.addEventListener('end', () => speaking.set(false))
  saying.addEventListener('error', () => speaking.set(false))
  speaking.set(true)
  able.speak(saying)
}

export const useSpeaking = (): boolean => useStore(speaking)
