import type { Language, Words } from '@zhulian/kernel'
import { recall, remember } from './device.ts'
import { createStore, useStore } from './store.ts'

/**
 * Words of a part of the product, in both languages. Chinese is the original and comes with the page; English has the
 * same shape, checked by the compiler, and is fetched when somebody asks for it.
 */
export interface Dictionary<W> {
  /** For components: redrawn when the language changes. */
  readonly use: () => W
  /** For everything else: the words of this moment. */
  readonly now: () => W
}

const language = createStore<Language>('zh')
const loaders: (() => Promise<void>)[] = []

export function dictionary<W>(zh: W, loadEnglish: () => Promise<{ en: W }>): Dictionary<W> {
  let en: W | undefined
  const pick = (l: Language) => (l === 'en' && en !== undefined ? en : zh)
  loaders.push(async () => {
    en ??= (await loadEnglish()).en
  })
  return { use: () => pick(useStore(language)), now: () => pick(language.get()) }
}

/** Fetches what the chosen language still lacks; to be awaited before the first picture of a lazily loaded screen. */
export async function wordsReady(): Promise<void> {
  if (language.get() === 'en') await Promise.all(loaders.map(load => load()))
}

export async function setLanguage(next: Language): Promise<void> {
  if (next === 'en') await Promise.all(loaders.map(load => load()))
  remember('language', next)
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  language.set(next)
}

export const restoreLanguage = (): Promise<void> => setLanguage(recall('language') === 'en' ? 'en' : 'zh')

export const languageNow = (): Language => language.get()
export const useLanguage = (): Language => useStore(language)

const marks = {
  zh: { colon: '：', list: '、', comma: '，', semicolon: '；' },
  en: { colon: ': ', list: ', ', comma: ', ', semicolon: '; ' },
} as const

/** What stands between words, as the language of the page writes it. */
export const useMarks = () => marks[useLanguage()]

/** Picks from words that come with data, such as a policy's name. */
export const useSaid = (): ((words: Words) => string) => {
  const now = useLanguage()
  return words => words[now] || words.zh
}
