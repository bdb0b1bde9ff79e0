import type { Words } from '@zhulian/kernel'
import type { Problem } from './judgement.ts'

/** Characters of an expression, half-open. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * What kind of mistake: `syntax` cannot be read; `too_large`; `unknown_name`; `type` and `unit` do not fit together;
 * `dead` can only come out one way; `division_by_zero` by a written zero; `unsupported` is not part of the language.
 */
export type FaultCode =
  | 'syntax'
  | 'too_large'
  | 'unknown_name'
  | 'type'
  | 'unit'
  | 'dead'
  | 'division_by_zero'
  | 'unsupported'

/** Thrown inside the compiler only; becomes a {@link Problem} at its door. */
export class Fault extends Error {
  readonly at: Range
  readonly words: Words
  readonly code: FaultCode

  constructor(at: Range, words: Words, code: FaultCode = 'type') {
    super('fault in an expression')
    this.at = at
    this.words = { zh: clip(words.zh), en: clip(words.en) }
    this.code = code
  }
}

/** A message stays readable however long the name it repeats. */
const clip = (words: string) => (words.length > 400 ? `${words.slice(0, 400).toWellFormed()}…` : words)

export function problemOf(fault: Fault, where: string, text: string): Problem {
  return { where, words: fault.words, code: fault.code, at: placeOf(fault.at, text) }
}

/** The place with its line and column, both from 1. */
export function placeOf(at: Range, text: string): Required<Problem>['at'] {
  const before = text.slice(0, at.start)
  return { ...at, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}

/** The name most like a misspelt one, or undefined when none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 4)) + 1
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = edits(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** ` Did you mean …?`, or nothing. */
export function suggestion(name: string, names: Iterable<string>): Words {
  const near = nearest(name, names)
  return near === undefined ? { zh: '', en: '' } : { zh: `是不是「${near}」？`, en: ` Did you mean "${near}"?` }
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (next[j - 1] as number) + 1,
        (row[j] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
    row = next
  }
  return row[b.length] as number
}
