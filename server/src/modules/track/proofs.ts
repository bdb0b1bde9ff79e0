import { type Day, type Id, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { provePart } from './check-chains.ts'
import { proofGoesOn, type trackContract } from './contract.ts'
import { type ProofChange, type ProofRow, track } from './tables.ts'

type Proof = AnswerOf<(typeof trackContract)['POST /track/proofs']>

/** Chains go through in parts of a transaction each, so that it shows how far it is. */
const partsAtOnce = 4
const mostNamed = 200

export async function readProofs(ctx: Ctx, { query }: InputOf<(typeof trackContract)['GET /track/proofs']>) {
  const rows = await track(ctx)
    .selectFrom('track.proof')
    .selectAll()
    .where('district', '=', ctx.district)
    .orderBy('id', 'desc')
    .limit(query.limit)
    .execute()
  return { items: rows.map(viewOf) }
}

/** Of the newest that came to its end. */
export async function countFaults(ctx: Ctx) {
  const last = await track(ctx)
    .selectFrom('track.proof')
    .select(['faults', 'first_wrong'])
    .where('district', '=', ctx.district)
    .where('state', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { faults: last ? last.faults + (last.first_wrong === null ? 0 : 1) : 0 }
}

export async function startProof(ctx: Ctx): Promise<Proof> {
  const { account, name, role } = ctx.actor
  return await asMachine(ctx, async machine => {
    const row = await beginProof(machine, { account, name, role })
    if (!row) throw proofGoesOn()
    return viewOf(row)
  })
}

/** By the clock, where none goes on. */
export const proveNightly = async (ctx: Ctx): Promise<void> => {
  const { account, role } = ctx.actor
  await beginProof(ctx, { account, name: '', role })
}

async function beginProof(
  machine: Ctx,
  by: { readonly account: Id; readonly name: string; readonly role: string },
): Promise<ProofRow | undefined> {
  const id = newId(machine.now.getTime())
  const row = await track(machine)
    .insertInto('track.proof')
    .values(eb => ({
      district: machine.district,
      id,
      state: 'running' as const,
      begun_at: machine.now,
      begun_by: by.account,
      begun_name: by.name,
      begun_role: by.role,
      households: eb
        .selectFrom('track.chain')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('district', '=', machine.district),
      chains: 0,
      records: 0,
      faults: 0,
      broken: '[]',
      nights: 0,
    }))
    .onConflict(on => on.column('district').where('state', '=', 'running').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row) await machine.later('track.prove', { proof: id }, { key: id })
  return row
}

/** The next chains; then itself again until there are none. */
export const prove: Job = {
  name: 'track.prove',
  isAwaited: true,
  do: async (ctx, payload) => {
    const row = await lockProof(ctx, payload)
    if (!row) return
    let after = row.next_after ?? undefined
    const sums = { chains: row.chains, records: row.records, faults: row.faults, broken: [...row.broken] }
    let first: Awaited<ReturnType<typeof provePart>>['anchors'] = null
    for (let i = 0; i < partsAtOnce; i++) {
      const part = await provePart(ctx, { after })
      sums.chains += part.chains
      sums.records += part.records
      sums.faults += part.broken.length
      sums.broken.push(...part.broken)
      first ??= part.anchors
      after = part.next ?? undefined
      if (after === undefined) break
    }
    await setProof(ctx, row.id, {
      ...sums,
      broken: JSON.stringify(sums.broken.slice(0, mostNamed)),
      next_after: after ?? null,
      ...(first && {
        nights: first.nights,
        first_wrong: first.firstWrong ?? (await lostNight(ctx, row.id)),
        newest_on: first.newest?.on ?? null,
        newest_mark: first.newest ? Buffer.from(first.newest.mark, 'hex') : null,
      }),
      ...(after === undefined && { state: 'done' as const, ended_at: ctx.now }),
    })
    if (after !== undefined) await ctx.later('track.prove', { proof: row.id }, { key: row.id })
    if (sums.faults > row.faults) ctx.log.error('track.notAsWritten', { jobId: row.id })
    tellProved(ctx, row.id)
  },
  giveUp: {
    after: 6,
    do: async (ctx, payload) => {
      const row = await lockProof(ctx, payload)
      if (!row) return
      await setProof(ctx, row.id, { state: 'failed', ended_at: ctx.now })
      tellProved(ctx, row.id)
    },
  },
}

/** A night that an earlier proof saw, and that is there no more. */
async function lostNight(ctx: Ctx, proof: Id): Promise<Day | null> {
  const seen = await track(ctx)
    .selectFrom('track.proof as p')
    .select('p.newest_on')
    .where('p.district', '=', ctx.district)
    .where('p.id', '<', proof)
    .where('p.newest_on', 'is not', null)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('track.anchor as a')
            .select('a.night')
            .whereRef('a.district', '=', 'p.district')
            .whereRef('a.on_day', '=', 'p.newest_on')
            .whereRef('a.mark', '=', 'p.newest_mark'),
        ),
      ),
    )
    .orderBy('p.newest_on')
    .limit(1)
    .executeTakeFirst()
  return seen?.newest_on ?? null
}

const lockProof = (ctx: Ctx, { proof }: Readonly<Record<string, string | number>>) =>
  track(ctx)
    .selectFrom('track.proof')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', String(proof) as Id)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst()

const setProof = (ctx: Ctx, id: Id, set: ProofChange) =>
  track(ctx).updateTable('track.proof').set(set).where('district', '=', ctx.district).where('id', '=', id).execute()

const tellProved = (ctx: Ctx, id: Id) =>
  ctx.tell({
    name: 'track.proved',
    to: { roles: ['districtOfficer', 'auditor', 'admin'], division: ctx.district },
    id,
  })

const viewOf = (row: ProofRow): Proof => ({
  id: row.id,
  state: row.state,
  begunAt: row.begun_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  by: row.begun_name,
  role: row.begun_role,
  households: row.households,
  chains: row.chains,
  records: row.records,
  faults: row.faults,
  broken: [...row.broken],
  nights: row.nights,
  firstWrong: row.first_wrong,
  newest: row.newest_on && row.newest_mark ? { on: row.newest_on, mark: row.newest_mark.toString('hex') } : null,
})
