import { channelWords, completedYears, type Day, type Id, maskIdNumber, maskPhone } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { openSealed } from '../../platform/open-sealed.ts'
import { namesOf } from '../identity/index.ts'
import { notFound, type registryContract } from './contract.ts'
import { placesOf } from './divisions.ts'
import { factsOf, type KnownFact } from './facts-of.ts'
import { type Dictionary, dictionaryOf, type Owner } from './pool.ts'
import type { PersonShownRow, RegistryTables } from './tables.ts'
import type { Trait } from './standing.ts'
import { type PlanClass, standingOn, unjudged } from './standing-on.ts'
import { whatIsOpen } from './what-is-open.ts'
import type { Said } from './which-value.ts'

const registry = tablesOf<RegistryTables>()

export async function getHousehold(
  ctx: Ctx,
  { params, query }: InputOf<(typeof registryContract)['GET /households/:id']>,
) {
  const on = query.on ?? ctx.today
  const row = await householdRow(ctx, params.id)
  ctx.about({ kind: 'household', id: row.id })
  const known = await factsOf(ctx, row.id, { on })
  const dictionary = await dictionaryOf(ctx)
  const names = await namesOf(ctx, writersOf([known.known, ...known.members.map(m => m.facts)]))
  const place = (await placesOf(ctx)).get(row.division)
  const people = await registry(ctx)
    .selectFrom('registry.person_shown')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', row.id)
    .execute()
  const byId = new Map(people.map(p => [p.id, p]))
  const then = on === ctx.today ? undefined : await standingOn(ctx, await factsOf(ctx, row.id, { on, whole: true }), on)
  return {
    id: row.id,
    version: row.version,
    registerNo: row.register_no,
    place: { code: row.division, name: place?.name ?? row.division, township: place?.township ?? '' },
    madeUp: row.made_up,
    channel: row.channel && { id: row.channel, words: channelWords[row.channel] },
    on,
    since: await firstDay(ctx, row.id),
    ...(then?.household ?? {
      tier: { tier: row.tier, since: row.tier_since, until: row.tier_until },
      ...circleOf(row),
      classes: row.classes as PlanClass[],
      traits: row.traits as Trait[],
      judgedOn: row.judged_on,
      poolVersion: row.pool_version,
    }),
    open:
      !then && row.traits.includes('undecided')
        ? (await whatIsOpen(ctx, row)).map(o => ({ ...o, lines: [...o.lines] }))
        : [],
    facts: factLines('household', known.known, dictionary, names, ctx.actor.role),
    members: known.members.map(m => {
      const person = byId.get(m.id)
      return {
        ...(m.closed ? unjudged : (then?.person(m.id) ?? (person ? { tier: m.tier, ...circleOf(person) } : unjudged))),
        id: m.id,
        name: m.name,
        relation: m.relation,
        birthDate: m.birthDate,
        age: m.birthDate ? completedYears(m.birthDate, on) : null,
        sex: m.sex,
        closed: m.closed,
        idNumber: person && !m.closed ? masked(ctx, person, 'id_number', maskIdNumber) : null,
        phone: person && !m.closed ? masked(ctx, person, 'phone', maskPhone) : null,
        from: m.from,
        facts: factLines('person', m.facts, dictionary, names, ctx.actor.role),
      }
    }),
  }
}

/** The first day of which anything can be said. */
async function firstDay(ctx: Ctx, household: Id): Promise<Day | null> {
  const found = await registry(ctx)
    .selectFrom('registry.membership')
    .select(eb => eb.fn.min('from_on').as('day'))
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return found?.day ?? null
}

/** @throws notFound for one that is not there or not in the actor's reach */
export async function householdRow(ctx: Ctx, id: Id, lock = false) {
  let query = registry(ctx)
    .selectFrom('registry.household')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row || !inReach(ctx, row)) throw notFound()
  return row
}

/** The first wall, by hand. */
export const inReach = (ctx: Ctx, row: { readonly id: Id; readonly division: string }): boolean =>
  (ctx.actor.scope !== undefined && row.division.startsWith(ctx.actor.scope)) || row.id === ctx.actor.household

const circleOf = (
  row: Pick<PersonShownRow, 'circle' | 'judged_circle' | 'judged_since'> & { readonly circle_because: unknown },
) => ({
  circle: row.circle,
  because: (row.circle_because ?? null) as { zh: string; en: string } | null,
  waiting:
    row.judged_since && row.judged_circle !== row.circle
      ? { circle: row.judged_circle, since: row.judged_since }
      : null,
})

type Sealed = Pick<PersonShownRow, 'id' | 'id_number' | 'phone'>
const masked = (
  ctx: Ctx,
  person: Sealed,
  column: 'id_number' | 'phone',
  mask: (plain: string) => string,
): string | null => {
  const sealed = person[column]
  if (!sealed) return null
  const { text, isBroken } = openSealed(ctx, `registry.person.${column}`, person.id, sealed)
  return isBroken ? text : mask(text)
}

type Names = Awaited<ReturnType<typeof namesOf>>

const writersOf = (facts: readonly Readonly<Record<string, KnownFact>>[]): Id[] => [
  ...new Set(facts.flatMap(f => Object.values(f).flatMap(k => [k, ...k.rivals].map(s => s.recordedBy)))),
]

const factLines = (
  owner: Owner,
  known: Readonly<Record<string, KnownFact>>,
  dictionary: Dictionary,
  names: Names,
  role: Ctx['actor']['role'],
) =>
  Object.entries(known)
    .filter(([fact]) => !dictionary.restricted(owner, fact, role))
    .map(([fact, { rivals, ...said }]) => ({
      ...line(said, names),
      fact,
      label: dictionary.label(owner, fact),
      sensitive: dictionary.sensitive(owner, fact),
      disputed: said.disputed,
      rivals: rivals.map(rival => line(rival, names)),
    }))
    .toSorted((a, b) => dictionary.place(owner, a.fact) - dictionary.place(owner, b.fact))

const line = ({ value, source, origin, asOf, recordedAt, recordedBy }: Said, names: Names) => ({
  value,
  source,
  origin,
  asOf,
  recordedAt: recordedAt.toISOString(),
  recordedBy: names.get(recordedBy) ?? '',
})
