import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { notFound, nothingToReveal, type registryContract } from './contract.ts'
import { householdRow, inReach } from './get-household.ts'
import { minorClosed } from './minors-contract.ts'
import { isClosed, openMinors } from './minors.ts'
import type { RegistryTables } from './tables.ts'
import { openSealed } from './vault.ts'

const registry = tablesOf<RegistryTables>()
type Contract = typeof registryContract

/** The whole identity number or telephone of a person; the reason goes to the trail. */
export async function revealPerson(ctx: Ctx, { params, body }: InputOf<Contract['POST /persons/:id/reveal']>) {
  const open = await openMinors(ctx)
  const person = await registry(ctx)
    .selectFrom('registry.person_shown')
    .select(['id', 'division', 'household_id', 'birth_date', 'id_number', 'phone', 'closed'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (!person || !inReach(ctx, person)) throw notFound()
  ctx.about({ kind: 'person', id: person.id })
  if (person.household_id) ctx.about({ kind: 'household', id: person.household_id })
  ctx.because(body.reason)
  if (person.closed || isClosed(ctx, open, person.household_id, person.birth_date)) throw minorClosed()
  const [column, sealed] =
    body.what === 'phone' ? (['phone', person.phone] as const) : (['id_number', person.id_number] as const)
  if (!sealed) throw nothingToReveal()
  return { value: ctx.crypto.open(`registry.person.${column}`, person.id, sealed) }
}

export async function revealHousehold(ctx: Ctx, { params, body }: InputOf<Contract['POST /households/:id/reveal']>) {
  const household = await householdRow(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  ctx.because(body.reason)
  const row = await registry(ctx)
    .selectFrom('registry.sealed_fact as f')
    .innerJoin('registry.statement as s', j =>
      j.onRef('s.district', '=', 'f.district').onRef('s.id', '=', 'f.statement_id'),
    )
    .select(['f.id', 'f.fact', 'f.sealed'])
    .where('f.district', '=', ctx.district)
    .where('f.household_id', '=', household.id)
    .where('f.fact', '=', body.what)
    .where('s.withdrawn_at', 'is', null)
    .orderBy('s.as_of', 'desc')
    .orderBy('f.recorded_at', 'desc')
    .executeTakeFirst()
  if (!row) throw nothingToReveal()
  return { value: openSealed(ctx.crypto, row) }
}
