import { completedYears, type Day, type Id, newId, readIdNumber } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import {
  alreadyRegistered,
  birthDateWrong,
  headMissing,
  idNumberWrong,
  noSuchVillage,
  type registryContract,
  registerNoTaken,
} from './contract.ts'
import { enrolHouseholds, type NewPerson, type NewStatement } from './enrol.ts'
import { checkValues } from './record-facts.ts'
import { recountHouseholds } from './recount.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Body = InputOf<(typeof registryContract)['POST /households']>['body']
type PersonInput = Body['members'][number]

export async function addHousehold(ctx: Ctx, { body }: InputOf<(typeof registryContract)['POST /households']>) {
  await checkVillage(ctx, body.division)
  if (body.members.filter(m => m.relation === '02').length !== 1) throw headMissing()
  if (body.registerNo) await checkRegisterNo(ctx, body.registerNo)
  await checkValues(ctx, body.facts)
  const numbers = new Set<string>()
  const members: NewPerson[] = []
  for (const input of body.members) {
    const person = newPersonOf(input, ctx.today)
    if (person.idNumber) {
      if (numbers.has(person.idNumber)) throw alreadyRegistered({ household: null })
      numbers.add(person.idNumber)
      await checkUnregistered(ctx, person.idNumber)
    }
    members.push({ ...person, id: newId(ctx.now.getTime()) })
  }
  const declared: NewStatement[] = body.facts
    ? [{ source: 'declared', origin: '本人申报', asOf: ctx.today, facts: body.facts }]
    : []
  const household = { division: body.division, registerNo: body.registerNo, since: ctx.today, members }
  const [added] = await orTaken(enrolHouseholds(ctx, [{ ...household, statements: declared }]))
  const { id, members: ids } = added as { id: Id; members: readonly Id[] }
  ctx.about({ kind: 'household', id })
  for (const person of ids) ctx.about({ kind: 'person', id: person })
  await recountHouseholds(ctx, [id])
  return { id, version: 1, members: [...ids] }
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

async function checkRegisterNo(ctx: Ctx, registerNo: string): Promise<void> {
  const taken = await registry(ctx)
    .selectFrom('registry.household')
    .select('id')
    .where('district', '=', ctx.district)
    .where('register_no', '=', registerNo)
    .executeTakeFirst()
  if (taken) throw registerNoTaken()
}

/** One number, one person in the district, whoever may see them. */
export async function checkUnregistered(ctx: Ctx, idNumber: string): Promise<void> {
  const blind = ctx.crypto.blind('registry.person.id_number', idNumber)
  const known = await registry(ctx)
    .selectFrom('registry.person')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where('id_blind', '=', blind)
    .executeTakeFirst()
  if (known) throw alreadyRegistered({ household: known.household_id })
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
  const person = { name: input.name, relation: input.relation, phone: input.phone, statements: [] }
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
