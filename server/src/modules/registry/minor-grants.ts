import { addDays, type Day, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { listWorkersOf } from '../identity/index.ts'
import { householdRow } from './get-household.ts'
import { grantNotFound, type minorsContract, noSuchReader, untilWrong } from './minors-contract.ts'
import { formerHomesOf, homesOfSameChildren } from './merge-of.ts'
import { childrenOf } from './minors.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
const sealedReason = 'registry.minor_grant.reason'
/** It is looked at again after a year. */
const longestDays = 366

type Input<K extends keyof typeof minorsContract> = InputOf<(typeof minorsContract)[K]>

/** Who may open the records of a family's children, the newest first, and who could be let in. */
export async function listMinorGrants(ctx: Ctx, { params }: Input<'GET /households/:id/minor-grants'>) {
  const household = await householdRow(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const rows = await registry(ctx)
    .selectFrom('registry.minor_grant')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', 'in', await grantedAs(ctx, household.id))
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return {
    children: (await childrenOf(ctx, [household.id])).length,
    items: rows.map(row => ({
      id: row.id,
      reader: { id: row.reader_id, name: row.reader_name },
      until: row.until_on,
      reason: readSealed(ctx, sealedReason, row.id, row.sealed_reason),
      by: row.granted_name,
      at: row.granted_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      holds: row.ended_at === null && row.until_on > ctx.today,
    })),
    readers: (await readersFor(ctx, household.division)).map(({ account, name }) => ({ id: account, name })),
    longest: addDays(ctx.today, longestDays),
  }
}

/** Lets a worker of the field open the records of a family's children until a day. A grant that holds is replaced. */
export async function grantMinors(ctx: Ctx, { params, body }: Input<'POST /households/:id/minor-grants'>) {
  const household = await householdRow(ctx, params.id, true)
  ctx.about({ kind: 'household', id: household.id })
  ctx.about({ kind: 'account', id: body.reader })
  ctx.because(body.reason)
  const until: Day = body.until ?? addDays(ctx.today, longestDays)
  if (until <= ctx.today || until > addDays(ctx.today, longestDays)) throw untilWrong()
  const reader = (await readersFor(ctx, household.division)).find(r => r.account === body.reader)
  if (!reader || reader.account === ctx.actor.account) throw noSuchReader()
  for (const id of await grantedAs(ctx, household.id)) await end(ctx, { household_id: id, reader_id: reader.account })
  const id = newId(ctx.now.getTime())
  await registry(ctx)
    .insertInto('registry.minor_grant')
    .values({
      district: ctx.district,
      id,
      household_id: household.id,
      division: household.division,
      reader_id: reader.account,
      reader_name: reader.name,
      until_on: until,
      sealed_reason: ctx.crypto.seal(sealedReason, id, body.reason),
      granted_at: ctx.now,
      granted_by: ctx.actor.account,
      granted_name: ctx.actor.name,
      ended_at: null,
      ended_by: null,
    })
    .execute()
  ctx.tell({ name: 'registry.minorsChanged', to: { account: reader.account }, id: household.id })
  return { id, until }
}

export async function endMinorGrant(ctx: Ctx, { params }: Input<'DELETE /minor-grants/:grantId'>) {
  const [row] = await end(ctx, { id: params.grantId })
  if (!row) throw grantNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  ctx.about({ kind: 'account', id: row.reader_id })
  ctx.tell({ name: 'registry.minorsChanged', to: { account: row.reader_id }, id: row.household_id })
  return { id: params.grantId }
}

/** The household, and those it was registered as before whose grants let into it. */
async function grantedAs(ctx: Ctx, household: Id): Promise<Id[]> {
  const former = await formerHomesOf(ctx, [household])
  const homes = former.size === 0 ? former : await homesOfSameChildren(ctx, [...former.keys()])
  return [household, ...[...homes].flatMap(([was, now]) => (now === household ? [was] : []))]
}

/** Who works where a family lives and may open the records of its children today. */
export async function minorReadersOf(
  ctx: Ctx,
  household: { readonly id: Id; readonly division: string },
): Promise<readonly Id[]> {
  return await asMachine(ctx, async machine => {
    const rows = await registry(machine)
      .selectFrom('registry.minor_grant')
      .select('reader_id')
      .distinct()
      .where('district', '=', machine.district)
      .where('household_id', 'in', await grantedAs(machine, household.id))
      .where('ended_at', 'is', null)
      .where('until_on', '>', machine.today)
      .execute()
    if (rows.length === 0) return []
    const atWork = new Set((await readersFor(machine, household.division)).map(reader => reader.account))
    return rows.map(row => row.reader_id).filter(id => atWork.has(id))
  })
}

const end = (ctx: Ctx, which: { readonly id: Id } | { readonly household_id: Id; readonly reader_id: Id }) =>
  registry(ctx)
    .updateTable('registry.minor_grant')
    .set({ ended_at: ctx.now, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where(eb => eb.and(which))
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where('ended_at', 'is', null)
    .returning(['household_id', 'reader_id'])
    .execute()

/** The guide, the stand-in, the village group: who knocks at this door. Offices need no grant. */
const readersFor = (ctx: Ctx, division: string) =>
  listWorkersOf(ctx, division as DivisionCode, ['guide', 'villageGroup'])
