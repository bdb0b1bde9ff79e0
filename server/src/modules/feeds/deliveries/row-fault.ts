import type { Words } from '@zhulian/kernel'

/** What is wrong with a row, and where. The words may quote the row, so they lie sealed with it. */
export interface RowFault {
  readonly code: string
  /** Header of the column; missing where the row as a whole is wrong. */
  readonly column?: string | undefined
  readonly words: Words
}
