import { type Day, type Id, isId, parseDay } from '@zhulian/kernel'
import { type RawBuilder, sql } from 'kysely'
import { notUnderstood } from '../../platform/refusals.ts'

/** Lists that begin with what is due first; what is due on no day comes last, and is no day anybody means. */
const far = '9999-12-31'
export const byDue = sql<Day>`coalesce(due_on, date '9999-12-31')`

/** What comes after a page, by the `after` its last row gave. @throws notUnderstood */
export function afterPage(after: string): RawBuilder<boolean> {
  const [on = '', id = ''] = after.split('_')
  if (!isId(id) || (on !== far && !parseDay(on))) throw notUnderstood()
  return sql<boolean>`(${byDue}, id) > (${on}::date, ${id}::uuid)`
}

export const endOfPage = (last: { readonly due_on: Day | null; readonly id: Id }): string =>
  `${last.due_on ?? far}_${last.id}`
