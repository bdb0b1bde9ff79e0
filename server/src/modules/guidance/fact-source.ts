import type { Day, Words } from '@zhulian/kernel'
import type { FactOf, Reason } from '@zhulian/rules'
import { type Interview, keyOf } from './interview.ts'

/** Who said it and of which day it is, as a line under a reason. */
export interface SourceWords {
  readonly words: Words
  readonly on: Day
}

/**
 * Where the facts of a reason come from, each source and day once. What the family answered, or what follows from who lives
 * there, is theirs of the day it was judged for; what they confirmed stays with the source and the day of the registry.
 */
export function sourcesOf(interview: Interview, on: Day, reason: Reason): SourceWords[] {
  if (reason.kind === 'notInForce') return []
  const found = new Map<string, SourceWords>()
  for (const fact of reason.from) {
    const source = sourceOf(interview, on, fact)
    found.set(`${source.on} ${source.words.zh}`, source)
  }
  return [...found].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([, source]) => source)
}

function sourceOf({ answers, sources }: Interview, on: Day, { fact, person }: FactOf): SourceWords {
  const key = keyOf(fact, person)
  const known = answers.some(a => a.key === key && a.from === 'confirmed') ? sources?.[key] : undefined
  if (known?.source === 'feed')
    return { words: { zh: `${known.origin}的数据`, en: `Data of ${known.origin}` }, on: known.asOf }
  if (known?.source === 'verified') return { words: { zh: '已核实', en: 'Verified' }, on: known.asOf }
  return { words: { zh: '本人说', en: 'Said by the family' }, on: known?.asOf ?? on }
}
