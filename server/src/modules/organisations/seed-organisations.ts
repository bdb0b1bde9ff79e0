import { addDays, addMonths, type Day, type DivisionCode, type Id } from '@zhulian/kernel'
import { actorOf, as, edges } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { takeContractStep, writeContract } from './contracts.ts'
import { enrolOrganisation, moveStage, noteQualification, setCapacity } from './keep-organisation.ts'
import { getOrganisation } from './read-organisations.ts'
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
    if (made.contract) {
      const { months: _, monthsAgo: __, daysLeft: ___, ...contract } = made.contract
      await writeContract(ctx, {
        ...edges,
        params,
        body: { services: [], ...contract, fromOn: ctx.today, untilOn: untilOf(made.contract, today) },
      })
    }
  })
  if (made.contract)
    await as(machine, signer, new Date(began.getTime() + 3_600_000), async ctx => {
      const [contract] = (await getOrganisation(ctx, { params })).contracts ?? []
      if (contract)
        await takeContractStep(ctx, { ...edges, params: { contractId: contract.id }, body: { step: 'sign' } })
    })
  for (const [i, stage] of (made.stages ?? []).slice(1).entries())
    await as(machine, writer, at(addMonths(today, -2 + i)), ctx =>
      moveStage(ctx, { ...edges, params, body: { stage, reason: made.why ?? '按季度评估' } }),
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
