import type { Call } from '../../platform/api.ts'

export type Origin = NonNullable<NonNullable<Call<'POST /imports'>['query']>['origin']>

/** Offices that send tables, in the order they are offered. */
export const origins = [
  '民政',
  '人社',
  '教育',
  '残联',
  '医保',
  '公安',
  '农业农村',
  '住建',
  '卫健',
  '数据归集',
  '导服员登记',
] as const satisfies readonly Origin[]

export const originOf = (typed: string): Origin => origins.find(origin => origin === typed) ?? origins[0]
