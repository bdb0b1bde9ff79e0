import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Day, Id } from '@zhulian/kernel'
import { districtOf, type NameAbove, type People, type Person, type Place, type Weights } from '@zhulian/linkage'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { readConfig } from '../../platform/config.ts'
import type { FieldCrypto } from '../../platform/crypto.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { openSealed } from '../../platform/open-sealed.ts'
import { overWorker, type Thread } from '../../platform/thread.ts'
import { placesOf } from './divisions.ts'
import type { Full, Likeness, LinkedPeople, Question, Double, Somebody, Told } from './people-thread.ts'

/** Everybody of the district, ready to be compared with, whoever asks. What is found must still be cut to what they may see. */
export interface PeopleIndex {
  readonly find: (persons: readonly Person[]) => Promise<readonly (readonly Likeness[])[]>
  readonly link: (people: People, weights: Weights | undefined) => Promise<LinkedPeople>
  readonly doubles: (most: number) => Promise<readonly Double[]>
}

class Kept {
  /** Of each household, as its people were told. */
  readonly versions = new Map<Id, number>()
  thread: Thread<Told, Question> | undefined
  /** Threads that were ended here, for one with more room: what they had not answered is asked again. */
  readonly replaced = new WeakSet<Thread<Told, Question>>()
  seen: string | undefined
  lookedAt = 0
  /** Households this process has written down lately, and when. */
  readonly written = new Map<Id, number>()
  following: Promise<void> | undefined
}
const kept = new WeakMap<FieldCrypto, Kept>()
/** Few enough that others are answered between two. */
const atOnce = 400
/**
 * How long somebody who types may be compared with what was so, as far as others wrote it down: a number that is taken is found by
 * the database itself.
 */
const lookAgainMs = 3_000
/** So long that whoever looked at all before it was committed looks at all again. */
const looksForMs = 2 * lookAgainMs

const keptOf = (ctx: Ctx): Kept => {
  const own = kept.get(ctx.crypto) ?? new Kept()
  kept.set(ctx.crypto, own)
  return own
}

/** Who comes into this household, or leaves it, by what is asked now: whoever types next is compared with that. */
export function peopleChange(ctx: Ctx, household: Id): void {
  const { written } = keptOf(ctx)
  written.delete(household)
  written.set(household, ctx.now.getTime())
  forgetWritten(ctx, written)
}

function forgetWritten(ctx: Ctx, written: Map<Id, number>): void {
  for (const [id, at] of written) {
    if (ctx.now.getTime() - at < looksForMs) return
    written.delete(id)
  }
}

/**
 * The people of a district in the memory of this process: loaded once, followed up with what was written down since.
 * @param isExact whether what another process wrote down a moment ago must be known
 */
export async function peopleIndex(ctx: Ctx, isExact = true): Promise<PeopleIndex> {
  const own = keptOf(ctx)
  const isFresh = own.thread?.ended === false && Math.abs(ctx.now.getTime() - own.lookedAt) < lookAgainMs
  if (isExact || !isFresh) {
    // One after the other: each sees what was written down before it asks.
    const before = own.following ?? Promise.resolve()
    own.following = before.catch(() => undefined).then(() => follow(ctx, own))
    await own.following
  } else await followWritten(ctx, own)
  const ask = async <Answer extends object>(question: Question): Promise<Answer> => {
    for (;;) {
      const thread = own.thread as Thread<Told, Question>
      const answer = await thread.ask<Answer | Full>(question).catch((error: unknown): Full => {
        if (own.replaced.has(thread)) return 'full'
        throw error
      })
      if (answer !== 'full') return answer
      if (own.thread === thread) own.following = begunAnew(ctx, own, thread)
      await own.following
    }
  }
  return {
    find: persons => ask({ what: 'find', persons }),
    link: (list, weights) => ask({ what: 'link', people: list, weights }),
    doubles: most => ask({ what: 'doubles', most }),
  }
}

async function begunAnew(ctx: Ctx, own: Kept, thread: Thread<Told, Question>): Promise<void> {
  await own.following?.catch(() => undefined)
  if (own.thread === thread) await replace(own, thread)
  await follow(ctx, own)
}

async function replace(own: Kept, thread: Thread<Told, Question>): Promise<void> {
  own.replaced.add(thread)
  await thread.end()
}

async function follow(ctx: Ctx, own: Kept): Promise<void> {
  if (!own.thread || own.thread.ended) {
    own.thread = overWorker(new Worker(new URL('./people-thread.ts', import.meta.url)))
    own.thread.give({
      places: await placesToRead(ctx),
      district: districtOf(await shippedNames<NameAbove>('above.csv')),
    })
    own.versions.clear()
    own.seen = undefined
  }
  const { rows } = await sql<{ households: string; versions: string | null; newest: Date | null }>`
    select * from registry.newest_to_compare()`.execute(ctx.transaction)
  const seen = `${rows[0]?.households} ${rows[0]?.versions} ${rows[0]?.newest?.toISOString()}`
  own.lookedAt = ctx.now.getTime()
  if (own.seen === seen) return
  const isFirst = own.seen === undefined
  const versions = await versionsOf(ctx)
  const gone = [...own.versions.keys()].filter(id => !versions.has(id))
  const stale = [...gone, ...[...versions.keys()].filter(id => own.versions.get(id) !== versions.get(id))]
  const places = await placesOf(ctx)
  if (!isFirst && stale.length > roomForHouseholds(versions.size)) {
    await replace(own, own.thread)
    return await follow(ctx, own)
  }
  for (let i = 0; i < stale.length; i += atOnce) {
    await reread(ctx, own, stale.slice(i, i + atOnce), places)
    for (const id of stale.slice(i, i + atOnce)) {
      const version = versions.get(id)
      if (version === undefined) own.versions.delete(id)
      else own.versions.set(id, version)
    }
    await breathe()
  }
  if (isFirst) own.thread.give({ isWhole: true })
  own.seen = seen
}

/** Where more have changed all are told anew at once: there is room for about so many beside those who were there. */
const roomForHouseholds = (households: number) => 200 + households / 20

/** Nothing is asked of the others: what is new of those only a look at every household tells. */
async function followWritten(ctx: Ctx, own: Kept): Promise<void> {
  forgetWritten(ctx, own.written)
  const written = [...own.written.keys()].slice(-atOnce)
  if (written.length === 0) return
  const versions = await versionsOf(ctx, written)
  const stale = [...versions.keys()].filter(id => own.versions.get(id) !== versions.get(id))
  if (stale.length === 0) return
  await reread(ctx, own, stale, await placesOf(ctx))
  for (const id of stale) own.versions.set(id, versions.get(id) as number)
}

/** @param only these; everybody's where absent */
async function versionsOf(ctx: Ctx, only?: readonly Id[]): Promise<Map<Id, number>> {
  const { rows } = await sql<{ id: Id; version: number; changed_at: Date }>`
    select * from registry.households_to_compare(${only ?? null}::uuid[])`.execute(ctx.transaction)
  return new Map(rows.map(h => [h.id, h.changed_at.getTime() * 1000 + (h.version % 1000)]))
}

interface Row {
  readonly id: Id
  readonly household_id: Id | null
  readonly division: string
  readonly name: string
  readonly birth_date: Day | null
  readonly sex: string | null
  readonly id_number: Buffer | null
  readonly phone: Buffer | null
  readonly homes: readonly Id[]
}

/** Tells the thread of everybody who is or was in these households. */
async function reread(ctx: Ctx, own: Kept, households: readonly Id[], places: Places): Promise<void> {
  const { rows } = await sql<Row>`select * from registry.people_to_compare(${households}::uuid[])`.execute(
    ctx.transaction,
  )
  const open = (row: Row, column: 'id_number' | 'phone') =>
    row[column] ? readable(openSealed(ctx, `registry.person.${column}`, row.id, row[column])) : ''
  const put = rows.map(
    (row): Somebody => ({
      id: row.id,
      household: row.household_id,
      division: row.division,
      homes: row.homes,
      person: {
        name: row.name,
        sex: sexWords[row.sex ?? ''] ?? '',
        birthDate: row.birth_date ?? '',
        idNumber: open(row, 'id_number'),
        phone: open(row, 'phone'),
        address: addressOf(places, row.division),
      },
    }),
  )
  own.thread?.give({ households, put })
}

/** Who has a number that cannot be opened is compared by the rest: nobody else waits for it. */
const readable = ({ text, isBroken }: ReturnType<typeof openSealed>): string => (isBroken ? '' : text)

const sexWords: Readonly<Record<string, string>> = { male: '男', female: '女' }

type Places = Awaited<ReturnType<typeof placesOf>>

/** A township or village as an address says it; empty where it is not known. */
export function addressOf(places: Places, division: string): string {
  const place = places.get(division)
  return place ? `${place.township === place.name ? '' : place.township}${place.name}` : ''
}

/** Townships and villages with the names they had before. */
async function placesToRead(ctx: Ctx): Promise<Place[]> {
  const former = Map.groupBy(await shippedNames('old-names.csv'), r => r.code)
  return [...(await placesOf(ctx))].map(([code, { name }]) => ({
    code,
    names: [name, ...(former.get(code) ?? []).map(r => r.name)],
    ...(code.length === 12 && { within: code.slice(0, 9) }),
  }))
}

/** A file of names the district ships; one that does not know the file has none. */
async function shippedNames<Name extends { code: string; name: string }>(name: string): Promise<Name[]> {
  const file = path.join(readConfig().shippedDir, 'divisions', name)
  const text = await readFile(file, 'utf8').catch(() => 'code,name\n')
  return parse(text, { bom: true, columns: true }) as Name[]
}

/** When its house is closed. */
export async function forgetPeople({ crypto }: { readonly crypto: FieldCrypto }): Promise<void> {
  const own = kept.get(crypto)
  kept.delete(crypto)
  await own?.thread?.end()
}
