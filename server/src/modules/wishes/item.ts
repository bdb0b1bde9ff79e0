import type { Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { unknownItem } from './contract.ts'

export interface Item {
  readonly id: string
  readonly name: Words
  readonly kind: 'policy' | 'service'
}

/** What of the pool a need is about; undefined too where the pool had it once. */
export function foundItem(pool: LoadedPool, id: string | null): Item | undefined {
  if (id === null) return undefined
  const policy = pool.policy(id)
  const found = policy ?? pool.service(id)
  return found && { id: found.id, name: found.name, kind: policy ? 'policy' : 'service' }
}

/** @throws unknownItem */
export async function itemOf(ctx: Ctx, id: string): Promise<Item> {
  const found = foundItem(await currentPool(ctx), id)
  if (!found) throw unknownItem({ item: id })
  return found
}
