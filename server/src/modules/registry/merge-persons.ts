import { type Day, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Selectable } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { indexNames } from './enrol.ts'
import {
  beginMembership,
  countAgain,
  divisionOf,
  endMembership,
  isEmpty,
  moveHousehold,
  openMemberships,
} from './merged-homes.ts'
import { tellFollowers } from './merge-of.ts'
import { leastOf, pairRow, setState, waitingPairs } from './pair-row.ts'
import {
  chooseHousehold,
  keepTheNumbered,
  pairDecided,
  pairNotFound,
  type pairsContract,
  twoNumbers,
} from './pairs-contract.ts'
import type { BeforeMerge, PersonShownRow, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Contract = typeof pairsContract
type Person = Selectable<PersonShownRow>

/**
 * Two who are registered are one person. Nothing is deleted: the other one stands for this one from now on, and what was said of
 * either counts for this one, by the usual order of weight.
 */
export async function mergePersons(ctx: Ctx, { params, body }: InputOf<Contract['POST /persons/:id/merge']>) {
  const [kept, other] = await lockedPersons(ctx, [params.id, body.other])
  ctx.because(body.reason)
  if (kept.id_number && other.id_number) throw twoNumbers()
  if (other.id_number) throw keepTheNumbered()
  const household = householdAfter(kept, other, body.household)
  const memberships = await openMemberships(ctx, [kept.id, other.id])
  const ended: { household: Id; person: Id; from: Day }[] = []
  const end = async (person: Id, asIfNever: boolean) => {
    for (const m of memberships.filter(one => one.person_id === person)) {
      ended.push({ household: m.household_id, person, from: m.from_on })
      await endMembership(ctx, m, asIfNever)
    }
  }
  // The other one was never a second member; the one who is kept may have lived elsewhere until today.
  await end(other.id, true)
  const moves = household !== null && household !== kept.household_id
  const joined = memberships.find(m => m.person_id === other.id && m.household_id === household)
  const begun = moves ? { household, from: joined?.from_on ?? ctx.today } : null
  if (moves) await end(kept.id, false)
  const place = moves ? await divisionOf(ctx, household) : kept.division
  const relation = moves ? other.relation : kept.relation
  if (begun) await beginMembership(ctx, kept.id, { ...begun, relation, division: place })
  const filled = (['phone', 'birth_date', 'sex'] as const).filter(c => kept[c] === null && other[c] !== null)
  await registry(ctx)
    .updateTable('registry.person')
    .set({ household_id: household, division: place, relation, ...filledFrom(ctx, kept, other, filled) })
    .where('district', '=', ctx.district)
    .where('id', '=', kept.id)
    .execute()
  await registry(ctx)
    .updateTable('registry.person')
    .set({ merged_into: kept.id, withdrawn_at: ctx.now, household_id: null })
    .where('district', '=', ctx.district)
    .where('id', '=', other.id)
    .execute()
  await indexNames(ctx, [kept.id, other.id])
  const left = [kept.household_id, other.household_id].find(id => id !== null && id !== household) ?? null
  const emptied =
    left && household && (await isEmpty(ctx, left)) ? await moveHousehold(ctx, left, household) : undefined
  const merge = newId(ctx.now.getTime())
  const before: BeforeMerge = {
    filled,
    kept: { household: kept.household_id, relation: kept.relation, division: kept.division },
    merged: { household: other.household_id, relation: other.relation, division: other.division },
    ended,
    begun,
    statements: emptied ?? [],
    emptied: emptied ? left : null,
  }
  const pair = body.pair ? await pairRow(ctx, body.pair, true) : undefined
  if (pair && ![pair.person_id, pair.other_id].every(id => id === kept.id || id === other.id)) throw pairNotFound()
  if (pair && pair.state !== 'open') throw pairDecided()
  await registry(ctx)
    .insertInto('registry.person_merge')
    .values({
      district: ctx.district,
      id: merge,
      division: leastOf([kept.division, other.division, place]),
      kept_id: kept.id,
      merged_id: other.id,
      pair_id: pair?.id ?? null,
      household_id: household,
      left_household_id: left,
      reason: body.reason,
      before: JSON.stringify(before),
      merged_at: ctx.now,
      merged_by: ctx.actor.account,
      undone_at: null,
      undone_by: null,
      undone_reason: null,
    })
    .execute()
  if (pair) await setState(ctx, [pair.id], 'same')
  await countAgain(ctx, [household, left], emptied ? left : null)
  await tellFollowers(ctx, merge)
  return { merge, person: kept.id, household, emptied: emptied ? left : null, waiting: await waitingPairs(ctx) }
}

/** In the order asked for. @throws pairNotFound */
async function lockedPersons(ctx: Ctx, ids: readonly [Id, Id]): Promise<[Person, Person]> {
  await registry(ctx)
    .selectFrom('registry.person')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  const rows: Person[] = await registry(ctx)
    .selectFrom('registry.person_shown')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', 'in', [...ids])
    .where('withdrawn_at', 'is', null)
    .execute()
  const [kept, other] = ids.map(id => rows.find(r => r.id === id && r.division.startsWith(ctx.actor.scope ?? '-')))
  if (!kept || !other || kept === other) throw pairNotFound()
  for (const { id, household_id } of [kept, other]) {
    ctx.about({ kind: 'person', id })
    if (household_id) ctx.about({ kind: 'household', id: household_id })
  }
  return [kept, other]
}

/** @throws chooseHousehold where they are in two and neither was chosen */
function householdAfter(kept: Person, other: Person, chosen: Id | undefined): Id | null {
  const [own, others] = [kept.household_id, other.household_id]
  if (own === null || others === null || own === others) return own ?? others
  if (chosen === own || chosen === others) return chosen
  throw chooseHousehold({ kept: own, other: others })
}

/** A telephone is sealed for its row, so it is sealed anew. */
function filledFrom(ctx: Ctx, kept: Person, other: Person, filled: BeforeMerge['filled']) {
  const { phone } = other
  return {
    ...(filled.includes('phone') &&
      phone && {
        phone: ctx.crypto.seal(
          'registry.person.phone',
          kept.id,
          ctx.crypto.open('registry.person.phone', other.id, phone),
        ),
        phone_blind: other.phone_blind,
      }),
    ...(filled.includes('birth_date') && { birth_date: other.birth_date }),
    ...(filled.includes('sex') && { sex: other.sex }),
  }
}
