import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { factsOfMany } from './facts-of.ts'

/** All that was ever written down counts. */
const asKnownAt = new Date('9999-12-31T00:00:00Z')

/** Whether somebody can still be found where they were registered. */
export type Presence = 'there' | 'dead' | 'away'

/** Of one of a household, or with null of the household: dead only where nobody of it lives. Households out of reach are away. */
export async function presenceOf(ctx: Ctx, household: Id, person: Id | null): Promise<Presence> {
  const [found] = await factsOfMany(ctx, [household], { asKnownAt, whole: true, only: new Set(['alive']) })
  const asked = found?.members.filter(m => person === null || m.id === person) ?? []
  if (asked.length === 0) return 'away'
  return asked.every(m => m.facts['alive']?.value === false) ? 'dead' : 'there'
}
