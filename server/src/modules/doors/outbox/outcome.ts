import type { Reached } from '../../../platform/reach.ts'
import type { AttemptRow } from '../tables.ts'

/** What an answer means for the message and for where it went. */
export interface Outcome {
  readonly outcome: AttemptRow['outcome']
  readonly status: number | null
  /** A few plain letters of what came back, or why nothing did. */
  readonly answer: string | null
}

export function outcomeOf(reached: Reached): Outcome {
  if ('failed' in reached) return { outcome: 'failed', status: null, answer: reached.failed }
  const { status } = reached
  return { outcome: meaningOf(status), status, answer: plainLetters(reached.text) }
}

function meaningOf(status: number): AttemptRow['outcome'] {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  if (status === 429 || (status >= 502 && status <= 504)) return 'slowDown'
  // 408 and 425 ask for another try; all else of its kind says that another would not help.
  return status >= 400 && status < 500 && status !== 408 && status !== 425 ? 'refused' : 'failed'
}

/**
 * What somebody needs to find the fault, and nothing of anybody: the letters of a machine, no name in Chinese, no number of more than
 * three digits.
 */
export function plainLetters(text: string): string | null {
  const plain = text
    .slice(0, 2000)
    .replace(/[\w.+-]+@[\w.-]+/g, '*')
    .replace(/\d{4,}/g, '*')
    .replace(/[^\x21-\x7e]+/g, ' ')
    .trim()
  return plain.slice(0, 200) || null
}
