import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { requireVersion } from '../../platform/refusals.ts'
import { formerPerson, newPersonOf, orTaken } from './add-household.ts'
import { lastMember, notAMember, notYet, type registryContract } from './contract.ts'
import { enrolPersons } from './enrol.ts'
import { householdRow } from './get-household.ts'
import { judgeAlertsLater } from './judge-alerts-later.ts'
import { peopleChange } from './people-index.ts'
import { bump } from './record-facts.ts'
import { recountHouseholds } from './recount.ts'
import type { RegistryTables } from './tables.ts'
import type { Day, Id } from '@zhulian/kernel'

const registry = tablesOf<RegistryTables>()
type Input = InputOf<(typeof registryContract)['POST /households/:id/members']> & {
  readonly ifMatch: number | undefined
}

/** Somebody joins or leaves from a day on; who was a member before stays in the history. */
export async function moveMember(ctx: Ctx, { params, body, ifMatch }: Input) {
  const household = await householdRow(ctx, params.id, true)
  requireVersion(ifMatch, household.version)
  if (body.on > ctx.today) throw notYet()
  ctx.about({ kind: 'household', id: household.id })
  const person =
    body.move === 'join'
      ? await join(ctx, household, body.on, body.person)
      : await leave(ctx, household.id, body.on, body.person)
  ctx.about({ kind: 'person', id: person })
  const version = await bump(ctx, household.id)
  peopleChange(ctx, household.id)
  await recountHouseholds(ctx, [household.id])
  await judgeAlertsLater(ctx, [household.id])
  return { version, person }
}

async function join(
  ctx: Ctx,
  household: { id: Id; division: string; made_up: boolean },
  on: Day,
  input: Extract<Input['body'], { move: 'join' }>['person'],
): Promise<Id> {
  const person = newPersonOf(input, ctx.today)
  const known = person.idNumber ? await formerPerson(ctx, person.idNumber, on) : undefined
  const place = { ...household, madeUp: household.made_up, since: on }
  const [id] = await orTaken(enrolPersons(ctx, place, [{ ...person, ...(known && { id: known }) }]))
  return id as Id
}

async function leave(ctx: Ctx, household: Id, on: Day, person: Id): Promise<Id> {
  const members = await registry(ctx)
    .selectFrom('registry.membership')
    .select(['person_id', 'from_on'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('until_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
  const member = members.find(m => m.person_id === person)
  if (!member || member.from_on > on) throw notAMember()
  if (members.length === 1) throw lastMember()
  await registry(ctx)
    .updateTable('registry.membership')
    .set({ until_on: on, ended_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('person_id', '=', person)
    .where('until_on', 'is', null)
    .execute()
  await registry(ctx)
    .updateTable('registry.person')
    .set({ household_id: null })
    .where('district', '=', ctx.district)
    .where('id', '=', person)
    .execute()
  return person
}
