import { isId, type Id } from '@zhulian/kernel'
import { notUnderstood } from '../../platform/refusals.ts'

/** Where a page of the trail ended: an instant and an id. */
export function afterOf(after: string | undefined): { at: Date; id: Id } | undefined {
  if (after === undefined) return undefined
  const [ms = '', id = ''] = after.split('_')
  if (!/^\d{1,15}$/.test(ms) || !isId(id)) throw notUnderstood()
  return { at: new Date(Number(ms)), id }
}

export function nextOf(rows: readonly { at: Date; id: Id }[], limit: number): string | null {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last ? `${last.at.getTime()}_${last.id}` : null
}
