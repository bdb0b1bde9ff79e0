import { completedYears, type Day, type Id, newId, readIdNumber } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import {
  alreadyRegistered,
  birthDateWrong,
  headMissing,
  idNumberWrong,
  leftLater,
  noSuchVillage,
  type registryContract,
  registerNoTaken,
} from './contract.ts'
import { enrolHouseholds, type NewPerson, type NewStatement } from './enrol.ts'
import { judgeAlertsLater } from './judge-alerts-later.ts'
import { peopleChange } from './people-index.ts'
import { bump, checkValues } from './record-facts.ts'
import { recountHouseholds } from './recount.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Body = InputOf<(typeof registryContract)['POST /households']>['body']
type PersonInput = Body['members'][number]

export async function addHousehold(ctx: Ctx, { body }: InputOf<(typeof registryContract)['POST /households']>) {
  await checkVillage(ctx, body.division)
  if (body.members.filter(m => m.relation === '02').length !== 1) throw headMissing()
  const former = body.registerNo ? await formerHousehold(ctx, body.registerNo) : undefined
  await checkValues(ctx, body.facts)
  const numbers = new Set<string>()
  const members: NewPerson[] = []
  for (const input of body.members) {
    const person = newPersonOf(input, ctx.today)
    if (person.idNumber) {
      if (numbers.has(person.idNumber)) throw alreadyRegistered({ household: null })
      numbers.add(person.idNumber)
    }
    const known = person.idNumber ? await formerPerson(ctx, person.idNumber, ctx.today) : undefined
    members.push({ ...person, id: known ?? newId(ctx.now.getTime()) })
  }
  const declared: NewStatement[] = body.facts
    ? [{ source: 'declared', origin: '本人申报', asOf: ctx.today, facts: body.facts }]
    : []
  const household = {
    ...(former && { id: former.id }),
    division: body.division,
    registerNo: body.registerNo,
    channel: body.channel,
    since: ctx.today,
    members,
  }
  const [added] = await orTaken(enrolHouseholds(ctx, [{ ...household, statements: declared }]))
  const { id, members: ids } = added as { id: Id; members: readonly Id[] }
  ctx.about({ kind: 'household', id })
  for (const person of ids) ctx.about({ kind: 'person', id: person })
  const version = former ? await bump(ctx, id) : 1
  peopleChange(ctx, id)
  await recountHouseholds(ctx, [id])
  await judgeAlertsLater(ctx, [id])
  return { id, version, members: [...ids] }
}

async function checkVillage(ctx: Ctx, division: string): Promise<void> {
  const village = await registry(ctx)
    .selectFrom('registry.division')
    .select('code')
    .where('district', '=', ctx.district)
    .where('code', '=', division)
    .executeTakeFirst()
  if (!village || division.length !== 12 || !division.startsWith(ctx.actor.scope ?? '-')) throw noSuchVillage()
}

/** A household that came with a file that was taken back keeps its number. @throws registerNoTaken by one that stands */
async function formerHousehold(ctx: Ctx, registerNo: string): Promise<{ readonly id: Id } | undefined> {
  const known = await registry(ctx)
    .selectFrom('registry.household')
    .select(['id', 'withdrawn_at'])
    .where('district', '=', ctx.district)
    .where('register_no', '=', registerNo)
    .executeTakeFirst()
  if (known && known.withdrawn_at === null) throw registerNoTaken()
  return known
}

/**
 * One number, one person in the district, whoever may see them. Who has left their household, or was brought by a file
 * that was taken back, comes in again as the same person, with what is known of them.
 * @returns their id, or undefined for somebody new
 * @throws alreadyRegistered by a household they belong to, leftLater where they belonged to one until after that day
 */
export async function formerPerson(ctx: Ctx, idNumber: string, on: Day): Promise<Id | undefined> {
  const blind = ctx.crypto.blind('registry.person.id_number', idNumber)
  const known = await registry(ctx)
    .selectFrom('registry.person')
    .select(['id', 'household_id', 'withdrawn_at'])
    .where('district', '=', ctx.district)
    .where('id_blind', '=', blind)
    .executeTakeFirst()
  if (!known) return undefined
  if (known.withdrawn_at === null && known.household_id !== null)
    throw alreadyRegistered({ household: known.household_id })
  const last = await registry(ctx)
    .selectFrom('registry.membership')
    .select(eb => eb.fn.max('until_on').as('day'))
    .where('district', '=', ctx.district)
    .where('person_id', '=', known.id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (last?.day && last.day > on) throw leftLater({ day: last.day })
  return known.id
}

/** Who is registered in a part of the district one cannot see is found by the unique index alone. @throws alreadyRegistered, registerNoTaken */
export async function orTaken<T>(enrolling: Promise<T>): Promise<T> {
  try {
    return await enrolling
  } catch (error) {
    const { constraint } = error as { readonly constraint?: unknown }
    if (constraint === 'person_id_blind') throw alreadyRegistered({ household: null })
    if (constraint === 'household_register_no') throw registerNoTaken()
    throw error
  }
}

const oldest = 130

/** @throws idNumberWrong, birthDateWrong; birth date and sex come from the number where it is given */
export function newPersonOf(input: PersonInput, today: Day): NewPerson {
  // 张 三 is 张三: forms leave a space so that names line up.
  const name = input.name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
  const person = { name, relation: input.relation, phone: input.phone, statements: [] }
  if (input.idNumber === undefined || input.idNumber.trim() === '')
    return { ...person, birthDate: checkBirthDate(input.birthDate, today), sex: input.sex }
  const read = readIdNumber(input.idNumber, today)
  if (!read.ok) throw idNumberWrong({ fault: read.fault })
  const birthDate = checkBirthDate(read.birthDate, today)
  return { ...person, idNumber: read.idNumber, birthDate, sex: input.sex ?? read.sex }
}

function checkBirthDate<D extends Day | undefined>(birthDate: D, today: Day): D {
  if (birthDate !== undefined && (birthDate > today || completedYears(birthDate, today) > oldest))
    throw birthDateWrong()
  return birthDate
}
