import { type Day, type Id, maskName, type Words } from '@zhulian/kernel'
import { missingWords } from '@zhulian/pool'
import { type FactOf, judgeStanding, openCircles, type Pool } from '@zhulian/rules'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { rank } from './circle.ts'
import { factsOf, factsOfMany, type KnownHousehold } from './facts-of.ts'
import { aboutChild, closedIn } from './minors.ts'
import { dictionary, type Owner } from './pool.ts'
import type { Circle, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** A fact that is not known and leaves open in which circle somebody stands. */
export interface OpenFact {
  /** Whose it is and what it is, from the dictionary. */
  readonly words: Words
  /** The lines of the circles that hang on it. */
  readonly lines: readonly Words[]
  /** Somebody stands in a circle and cannot move outward for it. */
  readonly bars: boolean
  /** Who can say: the family, asked at home; a bureau; null where it is not for who asks to know. */
  readonly ask: 'visit' | 'bureau' | null
  /** The bureau, as the dictionary names it. */
  readonly bureau: string | null
}

/**
 * What is not known and leaves a circle open. Who stands in one does not move outward while it is; that comes first, then what settles
 * the most lines. Of what who asks may not see it is only said that there is something.
 */
export async function whatIsOpen(
  ctx: Ctx,
  { id, circle }: { readonly id: Id; readonly circle: Circle | null },
): Promise<readonly OpenFact[]> {
  const { pool } = await currentPool(ctx)
  const known = await factsOf(ctx, id, { whole: true })
  const closed = await closedIn(ctx, [id])
  return openFacts(pool, { ...known, circle }, ctx.today, { closed, role: ctx.actor.role })
}

/** As {@link whatIsOpen}, for many; those out of reach are left out. */
export async function whatIsOpenIn(ctx: Ctx, households: readonly Id[]): Promise<ReadonlyMap<Id, readonly OpenFact[]>> {
  if (households.length === 0) return new Map()
  const { pool } = await currentPool(ctx)
  const known = await factsOfMany(ctx, households, { whole: true })
  const closed = await closedIn(ctx, households)
  const rows = await registry(ctx)
    .selectFrom('registry.household')
    .select(['id', 'circle'])
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${households}::uuid[])`)
    .execute()
  const circles = new Map(rows.map(row => [row.id, row.circle]))
  return new Map(
    known.map(of => [
      of.id,
      openFacts(pool, { ...of, circle: circles.get(of.id) ?? null }, ctx.today, { closed, role: ctx.actor.role }),
    ]),
  )
}

interface Reader {
  readonly closed: ReadonlySet<string>
  readonly role: Ctx['actor']['role']
}

export function openFacts(
  pool: Pool,
  { facts, members, circle }: Pick<KnownHousehold, 'facts' | 'members'> & { readonly circle: Circle | null },
  on: Day,
  { closed, role }: Reader,
): readonly OpenFact[] {
  const names = new Map<string, string>(members.map(m => [m.id, m.name]))
  const known = dictionary(pool)
  const stands = new Set<string>(members.filter(m => m.circle !== null).map(m => m.id))
  // Of the household what its people leave open bars the way where it would stand further out without them.
  const barsAll = rank(circle) < rank(judgeStanding(pool, facts, on).householdCircle.circle ?? null)
  const found = new Map<string, Omit<OpenFact, 'lines' | 'bars'> & { readonly lines: Words[]; bars: boolean }>()
  const hidden = (fact: FactOf): Words | undefined => {
    if (fact.person !== undefined && closed.has(fact.person)) return aboutChild
    const [owner, name] = ownerOf(fact)
    return known.restricted(owner, name, role) ? forOthers : undefined
  }
  for (const { person, lines } of openCircles(pool, facts, on))
    for (const { label, missing } of lines)
      for (const fact of missing) {
        const instead = hidden(fact)
        const key = instead ? instead.en : `${fact.fact} ${fact.person ?? ''}`
        const one = found.get(key) ?? {
          ...(instead ? unseen(instead) : described(pool, fact, names)),
          lines: [],
          bars: false,
        }
        found.set(key, one)
        one.bars ||= barsAll || stands.has(person)
        if (!instead && !one.lines.some(l => l.en === label.en)) one.lines.push(label)
      }
  return [...found.values()].toSorted((a, b) => Number(b.bars) - Number(a.bars) || b.lines.length - a.lines.length)
}

function described(pool: Pool, fact: FactOf, names: ReadonlyMap<string, string>): Omit<OpenFact, 'lines' | 'bars'> {
  const nameOf = (key: string) => maskName(names.get(key) ?? '')
  const [owner, name] = ownerOf(fact)
  const document = dictionary(pool).find(owner, name)
  const isAsked = document !== undefined && document.ask !== 'never'
  return {
    words: { zh: missingWords(pool, fact, 'zh', nameOf), en: missingWords(pool, fact, 'en', nameOf) },
    ask: isAsked ? 'visit' : 'bureau',
    bureau: isAsked ? null : (document?.feed ?? null),
  }
}

const unseen = (words: Words): Omit<OpenFact, 'lines' | 'bars'> => ({ words, ask: null, bureau: null })

/** Stands where something is left out, so that nobody takes what is left for all there is. */
const forOthers: Words = {
  zh: '还有一项不归您看，由管这件事的人来弄清',
  en: 'There is something more that is not for you to see; those whose matter it is will find out',
}

const ownerOf = ({ fact }: FactOf): [Owner, string] => {
  const dot = fact.indexOf('.')
  return [fact.startsWith('person.') ? 'person' : 'household', fact.slice(dot + 1)]
}
