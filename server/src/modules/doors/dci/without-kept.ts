import type { Id } from '@zhulian/kernel'
import type { Unsigned } from './exchange.ts'

/** Of each item of an answer, in its order, the households of its records. */
export type OfHouseholds = readonly (readonly Id[])[]

interface Found {
  readonly search_response: readonly {
    readonly data?: { readonly reg_records: readonly unknown[] }
    readonly pagination?: { readonly total_count: number }
  }[]
}
interface Notice {
  readonly notify_event: readonly unknown[]
}

/** The same answer as if some households had not been there: no record of theirs, and none counted. */
export function without(
  answer: Unsigned,
  households: OfHouseholds,
  gone: ReadonlySet<Id>,
): { readonly answer: Unsigned; readonly households: OfHouseholds; readonly records: number } {
  const stays = (item: number) => (_: unknown, at: number) => {
    const household = households[item]?.[at]
    return household === undefined || !gone.has(household)
  }
  const left = households.map(item => item.filter(one => !gone.has(one)))
  const records = left.flat().length
  if (gone.size === 0 || !answer.message) return { answer, households, records }
  if ('notify_event' in answer.message) {
    const events = (answer.message as Notice).notify_event.filter(stays(0))
    const header = { ...answer.header, total_count: events.length, completed_count: events.length }
    return { answer: { header, message: { ...answer.message, notify_event: events } }, households: left, records }
  }
  const items = (answer.message as Found).search_response.map((item, at) => {
    if (!item.data || !item.pagination) return item
    const reg_records = item.data.reg_records.filter(stays(at))
    const total_count = item.pagination.total_count - (item.data.reg_records.length - reg_records.length)
    return { ...item, data: { ...item.data, reg_records }, pagination: { ...item.pagination, total_count } }
  })
  const message = { ...answer.message, search_response: items }
  return { answer: { header: answer.header, message }, households: left, records }
}
