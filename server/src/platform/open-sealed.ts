import type { Ctx } from './ctx.ts'
import { FieldSealBroken } from './crypto.ts'

/** What stands where a value cannot be opened: in both languages, since it stands where somebody's own words stood. */
export const cannotBeOpened = '〔打不开，运维日志里已记下 · cannot be opened; the operator’s log says which〕'

/** Rows that were said already: each once while the server runs. */
const said = new Set<string>()

interface Opened {
  /** What was sealed, or {@link cannotBeOpened}. */
  readonly text: string
  readonly isBroken: boolean
}

/**
 * Opens a value for somebody who reads it among others: one that cannot be opened says so and holds nothing else up. The log has an error
 * with the column and the row, and administrators who have a screen open are told. What goes on with the value takes `crypto.open`, which throws.
 */
export function openSealed(ctx: Ctx, column: string, row: string, sealed: Uint8Array): Opened {
  try {
    return { text: ctx.crypto.open(column, row, sealed), isBroken: false }
  } catch (error) {
    if (!(error instanceof FieldSealBroken)) throw error
    const key = `${ctx.district} ${column} ${row}`
    if (!said.has(key)) {
      if (said.size >= 10_000) said.clear()
      said.add(key)
      ctx.log.error('a sealed value cannot be opened', { code: column, row })
      ctx.tell({ name: 'platform.sealBroken', to: { roles: ['admin'], division: ctx.district }, id: row as never })
    }
    return { text: cannotBeOpened, isBroken: true }
  }
}

/** As {@link openSealed}: the words themselves. */
export const readSealed = (ctx: Ctx, column: string, row: string, sealed: Uint8Array): string =>
  openSealed(ctx, column, row, sealed).text

/** As {@link openSealed}, of what lies as JSON. @returns `otherwise` for what cannot be opened */
export function readSealedJson<T>(ctx: Ctx, column: string, row: string, sealed: Uint8Array, otherwise: T): T {
  const { text, isBroken } = openSealed(ctx, column, row, sealed)
  return isBroken ? otherwise : (JSON.parse(text) as T)
}
