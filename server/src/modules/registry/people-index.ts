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
import { overWorker, type Thread } from '../../platform/thread.ts'
import { placesOf } from './divisions.ts'
import type { Likeness, LinkedPeople, Question, Double, Told } from './people-thread.ts'

/** Everybody of the district, ready to be compared with, whoever asks. What is found must still be cut to what they may see. */
export interface PeopleIndex {
  readonly find: (persons: readonly Person[]) => Promise<readonly (readonly Likeness[])[]>
  readonly link: (people: People, weights: Weights | undefined) => Promise<LinkedPeople>
  readonly doubles: (most: number) => Promise<readonly Double[]>
  /** Where somebody lives as far as the registry knows; undefined for who is not there any more. */
  readonly at: (person: Id) => Whereabouts | undefined
}
export interface Whereabouts {
  readonly household: Id | null
  readonly division: string
}

class Kept {
  readonly versions = new Map<Id, string>()
  readonly people = new Map<Id, Whereabouts>()
  /** Who ever belonged to a household. */
  readonly homes = new Map<Id, Set<Id>>()
  thread: Thread<Told, Question> | undefined
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
  const thread = own.thread as Thread<Told, Question>
  const { people } = own
  return {
    find: persons => thread.ask({ what: 'find', persons }),
    link: (list, weights) => thread.ask({ what: 'link', people: list, weights }),
    doubles: most => thread.ask({ what: 'doubles', most }),
    at: person => people.get(person),
  }
}

async function follow(ctx: Ctx, own: Kept): Promise<void> {
  if (!own.thread || own.thread.ended) {
    own.thread = overWorker(new Worker(new URL('./people-thread.ts', import.meta.url)))
    own.thread.give({
      places: await placesToRead(ctx),
      district: districtOf(await shippedNames<NameAbove>('above.csv')),
    })
    own.versions.clear()
    own.people.clear()
    own.homes.clear()
    own.seen = undefined
  }
  const { rows } = await sql<{ households: string; versions: string | null; newest: Date | null }>`
    select * from registry.newest_to_compare()`.execute(ctx.transaction)
  const seen = `${rows[0]?.households} ${rows[0]?.versions} ${rows[0]?.newest?.toISOString()}`
  own.lookedAt = ctx.now.getTime()
  if (own.seen === seen) return
  const versions = await versionsOf(ctx)
  const gone = [...own.versions.keys()].filter(id => !versions.has(id))
  const stale = [...gone, ...[...versions.keys()].filter(id => own.versions.get(id) !== versions.get(id))]
  const places = await placesOf(ctx)
  for (let i = 0; i < stale.length; i += atOnce) {
    await reread(ctx, own, stale.slice(i, i + atOnce), places)
    for (const id of stale.slice(i, i + atOnce)) {
      const version = versions.get(id)
      if (version === undefined) own.versions.delete(id)
      else own.versions.set(id, version)
    }
    await breathe()
  }
  own.seen = seen
}

/** Nothing is asked of the others: what is new of those only a look at every household tells. */
async function followWritten(ctx: Ctx, own: Kept): Promise<void> {
  forgetWritten(ctx, own.written)
  const written = [...own.written.keys()].slice(-atOnce)
  if (written.length === 0) return
  const versions = await versionsOf(ctx, written)
  const stale = [...versions.keys()].filter(id => own.versions.get(id) !== versions.get(id))
  if (stale.length === 0) return
  await reread(ctx, own, stale, await placesOf(ctx))
  for (const id of stale) own.versions.set(id, versions.get(id) as string)
}

/** @param only these; everybody's where absent */
async function versionsOf(ctx: Ctx, only?: readonly Id[]): Promise<Map<Id, string>> {
  const { rows } = await sql<{ id: Id; version: number; changed_at: Date }>`
    select * from registry.households_to_compare(${only ?? null}::uuid[])`.execute(ctx.transaction)
  return new Map(rows.map(h => [h.id, `${h.version} ${h.changed_at.getTime()}`]))
}

interface Row extends Whereabouts {
  readonly id: Id
  readonly household_id: Id | null
  readonly name: string
  readonly birth_date: Day | null
  readonly sex: string | null
  readonly id_number: Buffer | null
  readonly phone: Buffer | null
  readonly homes: readonly Id[]
}

/** Tells the thread of everybody who is or was in these households, and who of them is not there any more. */
async function reread(ctx: Ctx, own: Kept, households: readonly Id[], places: Places): Promise<void> {
  const { rows } = await sql<Row>`select * from registry.people_to_compare(${households}::uuid[])`.execute(
    ctx.transaction,
  )
  const open = (row: Row, column: 'id_number' | 'phone') =>
    row[column] ? ctx.crypto.open(`registry.person.${column}`, row.id, row[column]) : ''
  const found = new Set(rows.map(r => r.id))
  const gone = new Set(households.flatMap(id => [...(own.homes.get(id) ?? [])]).filter(id => !found.has(id)))
  const put = rows.map(row => {
    own.people.set(row.id, { household: row.household_id, division: row.division })
    for (const home of row.homes) own.homes.set(home, (own.homes.get(home) ?? new Set()).add(row.id))
    return {
      id: row.id,
      household: row.household_id ?? '',
      name: row.name,
      sex: sexWords[row.sex ?? ''] ?? '',
      birthDate: row.birth_date ?? '',
      idNumber: open(row, 'id_number'),
      phone: open(row, 'phone'),
      address: addressOf(places, row.division),
    }
  })
  for (const id of gone) own.people.delete(id)
  own.thread?.give({ put, gone: [...gone] })
}

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
