import type { Day, Id, Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { namesOf } from '../identity/index.ts'
import type { registryContract } from './contract.ts'
import { householdRow } from './get-household.ts'
import { closedName, isClosed, openMinors } from './minors.ts'
import { type Dictionary, dictionaryOf } from './pool.ts'
import type { Circle, RegistryTables, Source } from './tables.ts'

const registry = tablesOf<RegistryTables>()

interface Entry {
  /** Tells entries of the same instant apart, for the cursor. */
  readonly key: string
  readonly at: Date
  readonly on: Day
  readonly kind: 'facts' | 'joined' | 'left' | 'circle' | 'withdrawn'
  readonly person: Id | null
  readonly source: Source | null
  readonly origin: string | null
  readonly by: Id
  readonly facts: { fact: string; label: Words; value: unknown; before: unknown }[]
  readonly circle: { from: Circle | null; to: Circle | null; because: Words | null; proposedBy: Id | null } | null
}

export async function householdHistory(
  ctx: Ctx,
  { params, query }: InputOf<(typeof registryContract)['GET /households/:id/history']>,
) {
  const household = await householdRow(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const { people, entries } = await allEntries(ctx, household.id, query.on)
  const ordered = entries.toSorted(
    (a, b) => b.at.getTime() - a.at.getTime() || b.on.localeCompare(a.on) || (a.key < b.key ? 1 : -1),
  )
  const before = query.after === undefined ? undefined : ordered.findIndex(e => e.key === query.after)
  if (before === -1) throw notUnderstood()
  const start = (before ?? -1) + 1
  const shown = ordered.slice(start, start + query.limit)
  const names = await namesOf(
    ctx,
    shown.flatMap(e => (e.circle?.proposedBy ? [e.by, e.circle.proposedBy] : [e.by])),
  )
  return {
    items: shown.map(({ at, person, by, on, kind, source, origin, facts, circle }) => ({
      at: at.toISOString(),
      on,
      kind,
      person: person ? { id: person, name: people.get(person) ?? '' } : null,
      source,
      origin,
      by: names.get(by) ?? '',
      facts,
      circle: circle && { ...circle, proposedBy: circle.proposedBy && (names.get(circle.proposedBy) ?? '') },
    })),
    next: ordered.length > start + query.limit ? (shown.at(-1)?.key ?? null) : null,
  }
}

async function allEntries(ctx: Ctx, household: Id, on: Day | undefined) {
  const dictionary = await dictionaryOf(ctx)
  const open = await openMinors(ctx)
  const memberships = await registry(ctx)
    .selectFrom('registry.membership as m')
    .innerJoin('registry.person_shown as p', j =>
      j.onRef('p.district', '=', 'm.district').onRef('p.id', '=', 'm.person_id'),
    )
    .select([
      'm.person_id',
      'm.from_on',
      'm.until_on',
      'm.recorded_at',
      'm.recorded_by',
      'm.withdrawn_at',
      'p.name',
      'p.birth_date',
      'p.closed',
    ])
    .where('m.district', '=', ctx.district)
    .where('m.household_id', '=', household)
    .execute()
  const closed = new Set(
    memberships.filter(m => m.closed || isClosed(ctx, open, household, m.birth_date)).map(m => m.person_id),
  )
  const people = new Map(memberships.map(m => [m.person_id, closed.has(m.person_id) ? closedName(m.name) : m.name]))
  const statements = await registry(ctx)
    .selectFrom('registry.statement')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('recorded_at')
    .orderBy('as_of')
    .execute()
  const circles = await registry(ctx)
    .selectFrom('registry.circle_change')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .execute()
  const entries: Entry[] = [
    ...told(
      statements.filter(s => s.person_id === null || !closed.has(s.person_id)),
      dictionary,
      ctx.actor.role,
    ),
    ...memberships.flatMap((m): Entry[] => {
      const base = {
        person: m.person_id,
        source: null,
        origin: null,
        by: m.recorded_by,
        facts: [],
        circle: null,
        at: m.recorded_at,
      }
      return [
        { ...base, key: `j${m.person_id}${m.from_on}`, on: m.from_on, kind: 'joined' },
        ...(m.until_on ? [{ ...base, key: `l${m.person_id}${m.from_on}`, on: m.until_on, kind: 'left' as const }] : []),
      ]
    }),
    ...circles
      .filter(c => c.person_id === null || !closed.has(c.person_id))
      .map(
        (c): Entry => ({
          key: `c${c.id}`,
          at: c.recorded_at,
          on: c.changed_on,
          kind: 'circle',
          person: c.person_id,
          source: null,
          origin: null,
          by: c.recorded_by,
          facts: [],
          circle: { from: c.from_circle, to: c.to_circle, because: c.because, proposedBy: c.proposed_by },
        }),
      ),
  ]
  return { people, entries: on ? entries.filter(e => e.on <= on) : entries }
}

interface Told {
  readonly id: Id
  readonly person_id: Id | null
  readonly source: Source
  readonly origin: string
  readonly as_of: Day
  readonly facts: Record<string, unknown>
  readonly recorded_at: Date
  readonly recorded_by: Id
  readonly withdrawn_at: Date | null
}

/** Each statement with what the same source had said before. */
function told(statements: readonly Told[], dictionary: Dictionary, role: Ctx['actor']['role']): Entry[] {
  const last = new Map<string, unknown>()
  return statements.flatMap((s): Entry[] => {
    const owner = s.person_id ? 'person' : 'household'
    const shown = Object.entries(s.facts).filter(([fact]) => !dictionary.restricted(owner, fact, role))
    // What is kept for one profession leaves no line either.
    if (shown.length === 0 && Object.keys(s.facts).length > 0) return []
    const facts = shown.map(([fact, value]) => {
      const key = `${s.person_id ?? ''} ${s.source} ${s.origin} ${fact}`
      const before = last.get(key)
      last.set(key, value)
      return { fact, label: dictionary.label(owner, fact), value, before: before ?? null }
    })
    const entry = {
      on: s.as_of,
      person: s.person_id,
      source: s.source,
      origin: s.origin,
      by: s.recorded_by,
      facts,
      circle: null,
    }
    return [
      { ...entry, key: `s${s.id}`, at: s.recorded_at, kind: 'facts' },
      ...(s.withdrawn_at ? [{ ...entry, key: `w${s.id}`, at: s.withdrawn_at, kind: 'withdrawn' as const }] : []),
    ]
  })
}
