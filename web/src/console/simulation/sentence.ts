import type { Words } from '@zhulian/kernel'
import { isSome, leading, overBy, type Simulated, type Slider } from './reading.ts'
import { plainNumber } from './slider.tsx'
import type { Variant } from './variant.ts'
import type { SimulationWords } from './zh.ts'

export interface Sentence {
  /** Which figures are tried; empty where none are. */
  readonly head: string
  readonly parts: readonly { readonly text: string; readonly tone?: 'good' | 'bad' }[]
}

/** What a trial came to, as a person could say it aloud. */
export function sentenceOf(
  answer: Simulated,
  variant: Variant,
  sliders: readonly Slider[],
  words: SimulationWords,
  said: (words: Words) => string,
): Sentence {
  const changed = sliders.filter(s => variant[s.parameter] !== undefined)
  if (changed.length === 0) return { head: '', parts: [] }
  const lead = leading(answer)
  const over = answer.budgets.filter(fund => overBy(fund.tried, fund.yuan) > 0)
  const moved = [
    ...lead
      .filter(p => isSome(p.gained.people))
      .map(p => ({ text: words.gained(p.gained.people, said(p.name)), tone: 'good' as const })),
    ...lead
      .filter(p => isSome(p.lost.people))
      .map(p => ({ text: words.lost(p.lost.people, said(p.name)), tone: 'bad' as const })),
  ]
  return {
    head: changed
      .map(s => {
        const value = variant[s.parameter] ?? s.value
        return words.set(said(s.label), plainNumber(value), s.unit ? said(s.unit) : '', value > s.value)
      })
      .join(words.and),
    parts: [
      ...(moved.length > 0 ? moved : [{ text: words.nothing }]),
      { text: words.money(answer.cost.tried - answer.cost.now) },
      ...(over.length === 0
        ? [{ text: words.within }]
        : over.map(fund => ({
            text: words.over(said(fund.name), overBy(fund.tried, fund.yuan)),
            tone: 'bad' as const,
          }))),
    ],
  }
}

export const asText = ({ head, parts }: Sentence, words: SimulationWords): string =>
  `${head}${words.colon}${parts.map(p => p.text).join(words.comma)}${words.stop}`
