import type { Ctx } from '../../platform/ctx.ts'
import type { RecordRow } from './tables.ts'

/**
 * Records of one household stand in a chain: each is marked, with a key of the installation, over itself and the mark before it. Whoever
 * changes, removes or puts in between one without the key is found by the check. Where a family lives now is no part of it.
 */
export const markColumn = 'track.record.seal'
export const sealedFields = 'track.record.fields'
export const anchorColumn = 'track.anchor.mark'
export const factsColumn = 'track.record.facts'

/** The columns under the seal. */
export type Sealed = Omit<RecordRow, 'home_id' | 'division' | 'elsewhere' | 'sealed_fields' | 'seal'>

/** @param fields as they were sealed, unsealed @returns 32 bytes */
export const markOf = (ctx: Pick<Ctx, 'crypto'>, row: Sealed, fields: string): Buffer =>
  ctx.crypto.mark(
    markColumn,
    JSON.stringify([
      row.household_id,
      row.turn,
      row.id,
      row.careful,
      row.for_handlers,
      row.minor_until,
      row.kind,
      row.need_id,
      row.project_id,
      row.person_id,
      row.source_kind,
      row.source_id,
      row.item,
      row.on_day,
      row.at.toISOString(),
      row.by_id,
      row.by_name,
      row.by_role,
      fields,
      row.before.toString('hex'),
    ]),
  )
