import { maskName, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { currentPool, organisationOfUnit } from '../../pools/index.ts'
import { asWhole, briefsOf, getHousehold, notFound } from '../../registry/index.ts'
import { outreach } from '../kept-case.ts'
import {
  carefulIsTownships,
  notAgreed,
  otherUnits,
  type slipsContract,
  unknownSubject,
  unknownUnit,
} from './contract.ts'
import { sealedNeed, sealedWhom, tellSlip, type Whom, writeSlipStep } from './kept-slip.ts'
import { wholeOf } from './read-slips.ts'
import { slipDue } from './slip.ts'
import type { SlipRow } from './tables.ts'

/** What the bureau reads of the family is what stands on the slip: a name, how to reach them, and the need in words. */
export async function sendSlip(
  ctx: Ctx,
  { params, body }: InputOf<(typeof slipsContract)['POST /households/:householdId/slips']>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const pool = await currentPool(ctx)
  if (!pool.documents.units.some(u => u.id === body.unit)) throw unknownUnit({ unit: body.unit })
  const policy = body.subject === undefined ? undefined : pool.policy(body.subject)
  const subject = policy ?? (body.subject === undefined ? undefined : pool.service(body.subject))
  if (body.subject !== undefined && !subject) throw unknownSubject({ subject: body.subject })
  if (policy && policy.unit !== body.unit) throw otherUnits({ policy: policy.name, unit: pool.unit(policy.unit) })
  if (!body.agreed) throw notAgreed()
  // Who may not see what needs care may not write it: it goes through the township.
  if (body.careful && ctx.actor.role === 'guide') throw carefulIsTownships()
  // The bureau must know whom it is asked about, a child too.
  const brief = (await asWhole(ctx, () => briefsOf(ctx, [household.id]))).get(household.id)
  const name = body.person === undefined ? brief?.headName : brief?.names.get(body.person)
  if (name === undefined) throw notFound()
  const id = newId(ctx.now.getTime())
  const careful = body.careful ?? false
  const whom: Whom = { name, reach: body.reach ?? null }
  const row: SlipRow = {
    district: ctx.district,
    id,
    number: await nextNumber(ctx, household.division.slice(0, 9)),
    division: careful ? household.division.slice(0, 9) : household.division,
    village: household.division,
    careful,
    household_id: household.id,
    unit: body.unit,
    unit_id: organisationOfUnit(body.unit),
    subject: subject?.id ?? null,
    masked_name: maskName(name),
    sealed_whom: ctx.crypto.seal(sealedWhom, id, JSON.stringify(whom)),
    sealed_need: ctx.crypto.seal(sealedNeed, id, body.need),
    days: body.days,
    state: 'sent',
    version: 1,
    due_on: slipDue('sent', ctx.today, body.days, ctx.calendar),
    sent_on: ctx.today,
    sent_at: ctx.now,
    sent_by: ctx.actor.account,
    sent_name: ctx.actor.name,
    sent_role: ctx.actor.role,
    changed_at: ctx.now,
    closed_at: null,
    late_told_on: null,
  }
  await outreach(ctx).insertInto('outreach.slip').values(row).execute()
  await writeSlipStep(ctx, row, null, { step: 'send', to: 'sent' })
  await tellSlip(ctx, row)
  return await wholeOf(ctx, row)
}

/** `ZJ-<township>-<day>-<n>`, as it stands on paper. */
async function nextNumber(ctx: Ctx, township: string): Promise<string> {
  const { n } = await outreach(ctx)
    .insertInto('outreach.slip_count')
    .values({ district: ctx.district, township, on_day: ctx.today, n: 1 })
    .onConflict(on =>
      on.columns(['district', 'township', 'on_day']).doUpdateSet(eb => ({ n: eb('outreach.slip_count.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow()
  return `ZJ-${township}-${ctx.today.replaceAll('-', '')}-${String(n).padStart(3, '0')}`
}
