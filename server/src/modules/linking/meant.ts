import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type FreePlaces, freePlaces } from '../projects/index.ts'

export type Meant = NonNullable<FreePlaces['judged']>

/** What the rules of the projects that might take a need on say of its family, by project. */
export async function meantBy(ctx: Ctx, need: Id): Promise<ReadonlyMap<string, Meant>> {
  const found = await freePlaces(ctx, { need })
  return new Map(found.flatMap(({ id, judged }) => (judged ? [[id as string, judged] as const] : [])))
}
