import { type Id, newId, readIdNumber } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { findPersonByIdNumber, getHousehold, type HouseholdBrief, placesOf } from '../../registry/index.ts'
import { writeNeed } from '../../wishes/index.ts'
import { normaliseForIndex } from '../../../platform/crypto.ts'
import { doors, type ProvinceNeedRow, type SubscriptionRow } from '../tables.ts'
import { type Content, type ReadMessage, readMessage } from './message.ts'
import { writeResult } from './results.ts'

export const contentColumn = 'doors.province_need.content'

type Why = NonNullable<ProvinceNeedRow['why']>
export interface Taken {
  readonly externalId: string
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined'
  readonly why: Why | null
}

/** Takes in one sending; each message is accounted for, and one that cannot be taken in holds none of the others up. */
export async function takeMessages(
  ctx: Ctx,
  from: Pick<SubscriptionRow, 'id'>,
  way: 'push' | 'pull',
  given: readonly unknown[],
) {
  await oneAtATime(ctx)
  const taken: Taken[] = []
  for (const one of given) taken.push(await takeMessage(ctx, from, readMessage(one)))
  const count = (outcome: Taken['outcome']) => taken.filter(one => one.outcome === outcome).length
  const account = {
    messages: given.length,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    quarantined: count('quarantined'),
  }
  const batch = newId(ctx.now.getTime())
  await doors(ctx)
    .insertInto('doors.province_batch')
    .values({ district: ctx.district, id: batch, way, came_at: ctx.now, ...account })
    .execute()
  return { batch, account, needs: taken }
}

/** Two sendings wait for each other, so that of two contents under one number the second finds the first. Before any row is held. */
export const oneAtATime = async (ctx: Ctx) =>
  await sql`select pg_advisory_xact_lock(hashtext(${`zhulian province ${ctx.district}`}))`.execute(ctx.transaction)

async function takeMessage(ctx: Ctx, from: Pick<SubscriptionRow, 'id'>, message: ReadMessage): Promise<Taken> {
  const { externalId } = message
  const row = await keep(ctx, from, message)
  if (!row) {
    const same = await doors(ctx)
      .updateTable('doors.province_need')
      .set({ came: sql<number>`came + 1`, again_at: ctx.now })
      .where('district', '=', ctx.district)
      .where('external_id', '=', externalId)
      .where('digest', '=', message.digest)
      .returning('why')
      .executeTakeFirst()
    return { externalId, outcome: 'duplicate', why: same?.why ?? null }
  }
  const why = (await wasDealtWith(ctx, row)) ? 'contentChanged' : await tryToAccept(ctx, row, message.content)
  if (why && why !== row.why) await setWhy(ctx, row, why)
  await writeResult(ctx, row, ctx.now, why ? { state: 'quarantined', why } : { state: 'accepted' })
  return { externalId, outcome: why ? 'quarantined' : 'accepted', why }
}

/**
 * Whether another of this number was taken in, or set aside by a person; who does so right now is waited for. Where not, what waits gives
 * way to what comes now.
 */
async function wasDealtWith(ctx: Ctx, { id, external_id }: ProvinceNeedRow): Promise<boolean> {
  const others = await doors(ctx)
    .selectFrom('doors.province_need')
    .select(['state', 'ended_by'])
    .where('district', '=', ctx.district)
    .where('external_id', '=', external_id)
    .where('id', '<>', id)
    .orderBy('id')
    .forUpdate()
    .execute()
  const isReplaced = (one: (typeof others)[number]) => one.state === 'setAside' && one.ended_by === ctx.actor.account
  if (others.some(one => one.state !== 'quarantined' && !isReplaced(one))) return true
  await sql`
    update doors.province_need set state = 'setAside', why = 'contentChanged', version = version + 1, ended_at = ${ctx.now},
           ended_by = ${ctx.actor.account}, ended_name = ${ctx.actor.name}
     where district = ${ctx.district} and external_id = ${external_id} and state = 'quarantined' and id <> ${id}`.execute(
    ctx.transaction,
  )
  return false
}

/** Written down before anything else, so that the same coming twice at once is taken in once. @returns undefined for one that is there */
async function keep(
  ctx: Ctx,
  from: Pick<SubscriptionRow, 'id'>,
  { externalId, digest, division, content }: ReadMessage,
): Promise<ProvinceNeedRow | undefined> {
  const id = newId(ctx.now.getTime())
  const place = division && (await placesOf(ctx)).has(division) ? division : ctx.district
  return await doors(ctx)
    .insertInto('doors.province_need')
    .values({
      district: ctx.district,
      id,
      division: place,
      subscription_id: from.id,
      external_id: externalId,
      digest,
      state: 'quarantined',
      why: 'notProcessed',
      sealed_content: ctx.crypto.seal(contentColumn, id, JSON.stringify(content)),
      need_id: null,
      household_id: null,
      came: 1,
      version: 1,
      came_at: ctx.now,
      again_at: null,
      ended_at: null,
      ended_by: null,
      ended_name: null,
    })
    .onConflict(on => on.doNothing())
    .returningAll()
    .executeTakeFirst()
}

const again = new Set(['40001', '40P01'])

/** One that fails in a way nobody thought of waits for a person, and the rest goes on. */
async function tryToAccept(ctx: Ctx, row: ProvinceNeedRow, content: Content): Promise<Why | null> {
  await sql`savepoint message`.execute(ctx.transaction)
  try {
    const why = await accept(ctx, row, content)
    await sql`release savepoint message`.execute(ctx.transaction)
    return why
  } catch (error) {
    if (again.has(String((error as { code?: unknown }).code))) throw error
    await sql`rollback to savepoint message`.execute(ctx.transaction)
    ctx.log.error('message of the province not processed', {}, error)
    return 'notProcessed'
  }
}

/** Makes it a need of the family of whoever has the number and the name. @returns why not */
export async function accept(ctx: Ctx, row: ProvinceNeedRow, content: Content): Promise<Why | null> {
  if (content.field !== null) return 'fieldWrong'
  const number = readIdNumber(content.idNumber, ctx.today)
  if (!number.ok) return 'idNumberWrong'
  const person = await findPersonByIdNumber(ctx, number.idNumber)
  if (!person) return 'notInRegistry'
  if (normaliseForIndex(person.name) !== normaliseForIndex(content.name)) return 'otherName'
  if (!person.household) return 'noHousehold'
  const household = await getHousehold(ctx, person.household)
  await becomeNeed(ctx, row, household, person.person, content)
  return null
}

async function becomeNeed(ctx: Ctx, row: ProvinceNeedRow, household: HouseholdBrief, person: Id, content: Content) {
  ctx.about({ kind: 'household', id: household.id })
  const need = await writeNeed(ctx, household, {
    words: content.words,
    person,
    origin: 'province',
    originId: row.id,
    urgent: content.urgent,
    ...(ctx.actor.role === 'machine' ? { by: '省大救助信息平台' } : {}),
  })
  await doors(ctx)
    .updateTable('doors.province_need')
    .set({
      state: 'accepted',
      why: null,
      sealed_content: null,
      need_id: need.id,
      household_id: household.id,
      version: sql<number>`version + 1`,
      ended_at: ctx.now,
      ended_by: ctx.actor.account,
      ended_name: ctx.actor.name,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
}

const setWhy = async (ctx: Ctx, row: ProvinceNeedRow, why: Why) =>
  await doors(ctx)
    .updateTable('doors.province_need')
    .set({ why })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
