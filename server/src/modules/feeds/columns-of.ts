import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { type Dictionary, dictionaryOf, type ImportColumn, importColumns } from './columns.ts'

let kept: { readonly pool: string; readonly dictionary: Dictionary } | undefined

/** The columns a file may have, by the dictionary in force. */
export async function columnsOf(ctx: Ctx): Promise<readonly ImportColumn[]> {
  const { id, documents } = await currentPool(ctx)
  if (kept?.pool !== id) kept = { pool: id, dictionary: dictionaryOf(documents.facts) }
  return importColumns(kept.dictionary)
}
