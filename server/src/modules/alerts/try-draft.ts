import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { remembered } from '../entitlements/index.ts'
import { draftedPool } from '../pools/index.ts'
import { type alertsContract, draftNotReadable } from './contract.ts'
import { whileCounting } from './counting-drafts.ts'
import { givenToAll } from './given-to-all.ts'

type Tried = (typeof alertsContract)['POST /alerts/drafts/:draftId']

/**
 * Of whom a draft would raise an alert and of whom no longer, over everybody in the registry. Rules about what few may see are
 * not counted: whoever writes a condition and sees how many it holds for would learn it.
 * @throws draftNotFound, draftStepNotOpen, draftNotReadable, countingStopped
 */
export async function tryDraftedAlerts(ctx: Ctx, { params }: InputOf<Tried>): Promise<AnswerOf<Tried>> {
  return await whileCounting(ctx, params.draftId, async watch => {
    const { version, documents, alerts, from } = await draftedPool(ctx, params.draftId)
    const { loaded, townships, asOf, countRaised } = await remembered(ctx, watch('reading').signal)
    const restricted = documents.facts.filter(fact => fact.restricted !== undefined).map(fact => fact.name)
    const isForFew = ({ reads }: (typeof alerts)[number]) => restricted.some(fact => reads.has(fact))
    const seen = alerts.filter(alert => !isForFew(alert))
    const given = await givenToAll(ctx, new Set(seen.flatMap(alert => [...alert.reads])), watch('looking'))
    const counted = await countRaised(
      {
        documents,
        rules: seen.map(alert => alert.id),
        from,
        townships: [...townships].toSorted(([a], [b]) => (a < b ? -1 : 1)),
        given,
      },
      watch('counting'),
    )
    if (typeof counted === 'number') throw draftNotReadable({ problems: counted })
    const unseen = alerts.filter(isForFew).map(({ id, name }) => ({ id, name }))
    return { version, poolVersion: loaded.id, asOf: asOf.toISOString(), ...counted, unseen }
  })
}
