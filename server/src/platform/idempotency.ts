import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Ctx } from './ctx.ts'
import type { Said } from './installation.ts'
import type { Job } from './module.ts'
import { keyInFlight, keyReused } from './refusals.ts'

/** The same write sent twice happens once: the second one gets the first one's answer. */
export interface Answered {
  readonly status: number
  readonly body: string
  readonly version: number | undefined
  /** Whom it was about and why: who is answered again has read it again. */
  readonly said: Pick<Said, 'subjects' | 'reasons'>
}

const shape = /^[A-Za-z0-9_-]{16,64}$/

export const isKey = (key: string): boolean => shape.test(key)

/** What was asked and under which right, so that a key serves for nothing else, and for nobody who has lost that right. */
export const hashOf = ({ role, scope, organisation, household }: Actor, parts: readonly unknown[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([role, scope, organisation, household, ...parts]))
    .digest()

/** Requests of this process that are being worked on. Other processes wait at the primary key instead. */
export class InFlight {
  readonly #keys = new Set<string>()

  /** @throws keyInFlight @returns to be called when the request is done, whatever came of it */
  enter(account: string, key: string): () => void {
    const entry = `${account} ${key}`
    if (this.#keys.has(entry)) throw keyInFlight()
    this.#keys.add(entry)
    return () => void this.#keys.delete(entry)
  }
}

/**
 * Claims the key before anything is done. A second request with the key waits here until the first is through.
 * @returns the answer given before, if there was one
 * @throws keyReused when the key came with another request
 */
export async function claimKey(ctx: Ctx, key: string, hash: Buffer): Promise<Answered | undefined> {
  const mine = await sql`
    insert into platform.answered (district, account_id, key, request_hash, at)
    values (${ctx.district}, ${ctx.actor.account}, ${key}, ${hash}, ${ctx.now})
    on conflict do nothing`.execute(ctx.transaction)
  if (mine.numAffectedRows === 1n) return undefined
  const { rows } = await sql<{
    request_hash: Buffer
    status: number | null
    answer: Buffer | null
    version: number | null
    said: Answered['said'] | null
  }>`
    select request_hash, status, answer, version, said from platform.answered
     where district = ${ctx.district} and account_id = ${ctx.actor.account} and key = ${key}`.execute(ctx.transaction)
  const before = rows[0]
  if (!before || !before.request_hash.equals(hash)) throw keyReused()
  if (before.status === null || before.answer === null) throw keyInFlight()
  const body = ctx.crypto.open('platform.answered.answer', rowOf(ctx, key), before.answer)
  const said = before.said ?? { subjects: [], reasons: [] }
  return { status: before.status, body, version: before.version ?? undefined, said }
}

/** Keeps the answer, sealed: it may hold personal data. */
export async function keepAnswer(ctx: Ctx, key: string, { status, body, version, said }: Answered): Promise<void> {
  await sql`
    update platform.answered
       set status = ${status}, answer = ${ctx.crypto.seal('platform.answered.answer', rowOf(ctx, key), body)}, version = ${version ?? null},
           said = ${JSON.stringify({ subjects: said.subjects, reasons: said.reasons })}::text::jsonb
     where district = ${ctx.district} and account_id = ${ctx.actor.account} and key = ${key}`.execute(ctx.transaction)
}

/** A client that sends again does so within minutes. */
export const forgetAnswers: Job = {
  name: 'platform.forgetAnswers',
  cron: '15 3 * * *',
  do: async ctx => {
    const before = new Date(ctx.now.getTime() - 2 * 86_400_000)
    await sql`delete from platform.answered where district = ${ctx.district} and at < ${before}`.execute(
      ctx.transaction,
    )
  },
}

const rowOf = (ctx: Ctx, key: string) => `${ctx.actor.account}|${key}`
