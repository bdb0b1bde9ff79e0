import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { hasAccess, organisationOf } from '../../organisations/index.ts'
import { contractOver, providerUnknown } from './contract.ts'

/** An organisation that may work for the district today. @throws providerUnknown, contractOver */
export async function providerToday(ctx: Ctx, id: Id): Promise<{ readonly id: Id; readonly name: string }> {
  const found = await organisationOf(ctx, id)
  if (!found) throw providerUnknown()
  if (!(await hasAccess(ctx, id))) throw contractOver({ name: found.name[ctx.language] })
  return { id, name: found.name.zh }
}

/** What organisations are called, for a list of what they keep. */
export async function namesOfProviders(ctx: Ctx, ids: readonly Id[]): Promise<(id: Id) => string> {
  const names = new Map<Id, string>()
  for (const id of new Set(ids)) names.set(id, (await organisationOf(ctx, id))?.name[ctx.language] ?? '')
  return id => names.get(id) ?? ''
}
