import { addDays, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { actorOf, as, edges } from '../../../platform/act-as.ts'
import { listHelpersNamed } from '../../identity/index.ts'
import type { FamilyInNeed } from '../slips/seed-slips.ts'
import { noteHelperVisit } from './note-visit.ts'
import { pairHelper } from './pair.ts'

/** The made-up helper stands by some families; with the first there was an evening talk. */
export async function seedPairing(machine: Ctx, families: readonly FamilyInNeed[]): Promise<number> {
  const [helper] = await listHelpersNamed(machine, {})
  if (!helper) return 0
  const month = new Date(machine.now.getTime() - 30 * 86_400_000)
  for (const [i, { household, village }] of families.entries()) {
    const office = village.slice(0, 9) as typeof village
    const clerk = actorOf(machine, 'townshipClerk', newId(month.getTime()), '镇街民政', office)
    const made = await as(machine, clerk, month, ctx =>
      pairHelper(ctx, {
        ...edges,
        params: { householdId: household },
        body: {
          helper: helper.account,
          kind: 'partyMember',
          reach: '0571-00000000',
          nextOn: addDays(machine.today, i - 1),
        },
      }),
    )
    if (i > 0) continue
    const theirs = actorOf(machine, 'helper', helper.account, helper.name, undefined)
    await as(machine, theirs, new Date(machine.now.getTime() - 7 * 86_400_000), ctx =>
      noteHelperVisit(ctx, {
        ...edges,
        params: { pairingId: made.id },
        body: { how: 'eveningTalk', met: true, words: '聊了家常，精神不错，眼睛看不清字', need: '想要一副老花镜' },
      }),
    )
  }
  return families.length
}
