import { addDays, addMonths, type Day, type DivisionCode, type Id } from '@zhulian/kernel'
import { actorOf, as, edges } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { takeContractStep, writeContract } from './contracts.ts'
import { enrolOrganisation, moveStage, noteQualification, setCapacity } from './keep-organisation.ts'
import { madeUpOrganisations, type MadeUpOrganisation } from './made-up-organisations.ts'
import { organisations } from './tables.ts'

interface Officer {
  readonly account: Id
  readonly name: string
}

/** Organisations of the made-up district, by the same use cases as a browser: one officer writes, another signs off. */
export async function seedOrganisations(machine: Ctx, writer: Officer, signer: Officer): Promise<void> {
  const known = await organisations(machine)
    .selectFrom('organisations.organisation')
    .select('id')
    .where('district', '=', machine.district)
    .execute()
  const officers = [writer, signer].map(({ account, name }) =>
    actorOf(machine, 'districtOfficer', account, name, machine.district as DivisionCode),
  ) as [ReturnType<typeof actorOf>, ReturnType<typeof actorOf>]
  for (const made of madeUpOrganisations)
    if (!known.some(row => row.id === made.id)) await seedOne(machine, officers, made)
}

async function seedOne(
  machine: Ctx,
  [writer, signer]: readonly [ReturnType<typeof actorOf>, ReturnType<typeof actorOf>],
  made: MadeUpOrganisation,
): Promise<void> {
  const { today } = machine
  const began = at(made.contract ? fromOf(made.contract, today) : addMonths(today, -3))
  const params = { organisationId: made.id }
  await as(machine, writer, began, async ctx => {
    await enrolOrganisation(ctx, made.id, {
      kind: made.kind,
      stage: made.stages?.[0] ?? 'mature',
      name: made.name,
      seat: made.seat as DivisionCode,
      purpose: made.purpose,
      shown: true,
      contact: made.contact,
    })
    for (const { service, places, area } of made.capacity)
      await setCapacity(ctx, { ...edges, params, body: { service, places, area: area as DivisionCode[] } })
    for (const { kind, number, validDays } of made.papers ?? [])
      await noteQualification(ctx, {
        ...edges,
        params,
        body: { kind, number, ...(validDays === undefined ? {} : { validUntil: addDays(today, validDays) }) },
      })
  })
  if (made.contract) await contractFor(machine, [writer, signer], made.id, made.contract)
  for (const [i, stage] of (made.stages ?? []).slice(1).entries())
    await as(machine, writer, at(addMonths(today, -2 + i)), ctx =>
      moveStage(ctx, { ...edges, params, body: { stage, reason: made.why ?? '按季度评估' } }),
    )
}

/** Written in the first hour of its first day, and signed off in the second. */
async function contractFor(
  machine: Ctx,
  [writer, signer]: Parameters<typeof seedOne>[1],
  organisationId: Id,
  made: MadeUpContract,
): Promise<void> {
  const { months: _months, monthsAgo: _monthsAgo, daysLeft: _daysLeft, ...contract } = made
  const [params, fromOn] = [{ organisationId }, fromOf(made, machine.today)]
  const hour = (n: number) => new Date(at(fromOn).getTime() + n * 3_600_000)
  const written = await as(machine, writer, hour(1), ctx =>
    writeContract(ctx, {
      ...edges,
      params,
      body: { services: [], ...contract, fromOn, untilOn: untilOf(made, machine.today) },
    }),
  )
  const contractId = written.contracts?.[0]?.id
  if (contractId)
    await as(machine, signer, hour(2), ctx =>
      takeContractStep(ctx, { ...edges, params: { contractId }, body: { step: 'sign' } }),
    )
}

type MadeUpContract = NonNullable<MadeUpOrganisation['contract']>

/** By what is left of it, or by when it began. */
const untilOf = (contract: MadeUpContract, today: Day): Day =>
  contract.daysLeft === undefined
    ? addDays(addMonths(fromOf(contract, today), contract.months), -1)
    : addDays(today, contract.daysLeft)
const fromOf = ({ daysLeft, months, monthsAgo = 0 }: MadeUpContract, today: Day): Day =>
  daysLeft === undefined
    ? (`${addMonths(today, -monthsAgo).slice(0, 7)}-01` as Day)
    : addMonths(addDays(today, daysLeft + 1), -months)

const at = (day: Day) => new Date(`${day}T09:00:00+08:00`)
