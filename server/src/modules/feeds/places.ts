import type { Ctx } from '../../platform/ctx.ts'
import { placesOf } from '../registry/index.ts'
import type { Places } from './read-row.ts'
import { placesAmong, type Village } from './villages.ts'

export const villagesOf = async (ctx: Ctx): Promise<Village[]> =>
  [...(await placesOf(ctx))].filter(([code]) => code.length === 12)

export const placeFinder = async (ctx: Ctx): Promise<Places> => placesAmong(await villagesOf(ctx))
