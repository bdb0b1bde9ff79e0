import { addDays, addMonths, type Day, type Words } from '@zhulian/kernel'
import type { AlertLevel, AlertTurn } from './documents.ts'
import { Explainer } from './explain.ts'
import type { Node } from './ir.ts'
import type { FactOf, HouseholdFacts, Reason } from './judgement.ts'
import type { Alert, Pool } from './pool.ts'
import { references } from './references.ts'
import { Household } from './world.ts'

/** A given fact that an alert rests on. */
export interface AlertFact extends FactOf {
  readonly value: unknown
}

/** What a rule of alerts says of a household or of one of its people. A signal for a person to look at; it decides nothing. */
export interface AlertFound {
  readonly rule: string
  /** Key, of a rule about persons. */
  readonly person?: string
  readonly level: AlertLevel
  /** The day of the happening; null where there is none and the day on which it began to hold stands for it. */
  readonly occurredOn: Day | null
  /** Not for the village: so by the rule, or not to be told. */
  readonly careful: boolean
  readonly reasons: readonly Reason[]
  readonly facts: readonly AlertFact[]
  /** What is not known and decides how bad it is; the level is then the rule's `ifUnknown`. */
  readonly missing: readonly FactOf[]
}

/**
 * What the rules of alerts say of a household on a day, in the order of the rules and of the members. The most severe level
 * that holds counts. What is not known raises nothing, but where a rule has `ifUnknown` and its happening is known.
 * @example judgeAlerts(pool, { household: { disasterOn: '2021-09-25' }, persons: [{ key: 'a' }] }, day('2021-09-26'))[0]?.rule // 'R20'
 */
export function judgeAlerts(pool: Pool, facts: HouseholdFacts, on: Day): readonly AlertFound[] {
  const world = new Household(pool, facts, on)
  let explainer: Explainer | undefined
  return raisedBy(pool.alerts, world).map(({ alert, held, who }) =>
    describe(alert, held, world, (explainer ??= new Explainer(world)), who),
  )
}

/** What is raised, and no more: for counting over everybody. */
export interface AlertRaised {
  readonly rule: string
  /** Place among the persons of the household, from 0; -1 of a rule about households. */
  readonly person: number
  readonly level: AlertLevel
}

/**
 * As {@link judgeAlerts}, without why.
 * @param rules these alone; all where left out
 */
export function alertsRaised(
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
  rules?: ReadonlySet<string>,
): readonly AlertRaised[] {
  const alerts = rules ? pool.alerts.filter(({ id }) => rules.has(id)) : pool.alerts
  const raised = raisedBy(alerts, new Household(pool, facts, on))
  return raised.map(({ alert, held, who }) => ({ rule: alert.id, person: who, level: held.level }))
}

const raisedBy = (alerts: readonly Alert[], world: Household) =>
  alerts.flatMap(alert =>
    whoOf(alert, world).flatMap(who => {
      const held = levelOf(alert, world, who)
      return held ? [{ alert, held, who }] : []
    }),
  )

const whoOf = (alert: Alert, world: Household): readonly number[] =>
  alert.about === 'household'
    ? [-1]
    : world.persons.map((_, i) => i).filter(i => alert.everyone || world.living(i) !== false)

interface Held {
  readonly level: AlertLevel
  /** Undefined where it cannot be told which level it is. */
  readonly node?: Node
}

function levelOf(alert: Alert, world: Household, who: number): Held | undefined {
  const frame = world.frame(who)
  let open = false
  for (const { level, node } of alert.levels) {
    const value = node.run(frame)
    // A severer level that is open does not hide one that holds.
    if (value === true) return { level, node }
    if (value === undefined) open = true
  }
  const { ifUnknown } = alert.document
  if (!open || ifUnknown === undefined || !alert.occurrence) return undefined
  return typeof alert.occurrence.run(frame) === 'string' ? { level: ifUnknown } : undefined
}

function describe(alert: Alert, held: Held, world: Household, explainer: Explainer, who: number): AlertFound {
  const occurred = alert.occurrence?.run(world.frame(who))
  const reasons = held.node ? explainer.reasons(held.node, who) : []
  const named = new Map<string, FactOf>()
  const name = (fact: FactOf) => named.set(`${fact.fact}#${fact.person ?? ''}`, fact)
  for (const reason of reasons) if (reason.kind !== 'notInForce') reason.from.forEach(name)
  const owner = who < 0 ? {} : { person: world.key(who) }
  for (const reference of alert.occurrence ? references(alert.occurrence) : []) {
    const fact = world.pool.facts[Number(reference.slice(1))]
    if (reference[0] === 'f' && fact) name({ fact: fact.name, ...(fact.owner === 'person' && owner) })
  }
  const open = held.node ? [] : alert.levels.map(({ node }) => explainer.missing.of(node, who))
  return {
    rule: alert.id,
    ...owner,
    level: held.level,
    occurredOn: typeof occurred === 'string' ? (occurred as Day) : null,
    careful: alert.careful !== undefined && alert.careful.run(world.frame(who)) !== false,
    reasons,
    facts: [...named.values()].flatMap(fact => {
      const value = givenValue(world, fact)
      return value === undefined ? [] : [{ ...fact, value }]
    }),
    missing: world.keys.factsOf(world.keys.union(open)),
  }
}

function givenValue(world: Household, { fact, person }: FactOf): unknown {
  const number = world.pool.factNumbers.get(fact)
  const row = person === undefined ? 0 : world.persons.indexOf(person) + 1
  return number === undefined ? undefined : world.given[row]?.[number]
}

/**
 * The first day after `on` on which a rule can come out otherwise though nothing was written down; undefined where there is
 * none. What hangs on ages only by way of a tier or a policy is not among them.
 */
export function nextTurn(pool: Pool, facts: HouseholdFacts, on: Day): Day | undefined {
  let next: Day | undefined
  const consider = (day: Day) => {
    if (day > on && (next === undefined || day < next)) next = day
  }
  for (const { document } of pool.alerts)
    for (const turn of document.turns ?? []) for (const day of daysOf(turn, facts, on)) consider(day)
  return next
}

/**
 * The first day, up to so many after `from`, on which a rule comes out otherwise for a household though its `turns` did not
 * name it: until something is written down, nobody would have looked. Undefined where there is none.
 */
export function unnamedTurn(pool: Pool, rule: string, facts: HouseholdFacts, from: Day, days: number): Day | undefined {
  const own = { ...pool, alerts: pool.alerts.filter(alert => alert.id === rule) }
  const said = (on: Day) => JSON.stringify(alertsRaised(own, facts, on))
  let before = said(from)
  let next = nextTurn(own, facts, from)
  for (let i = 1; i <= days; i++) {
    const on = addDays(from, i)
    const now = said(on)
    if (now !== before && on !== next) return on
    if (next !== undefined && on >= next) next = nextTurn(own, facts, on)
    before = now
  }
  return undefined
}

function daysOf(turn: AlertTurn, facts: HouseholdFacts, on: Day): Day[] {
  const { fact, days = [], months = [], before = 0, yearly = [] } = turn
  const [owner, ...rest] = fact.split('.')
  const name = rest.join('.')
  const values = (owner === 'household' ? [facts.household] : facts.persons)
    .map(own => own[name])
    .filter(value => value !== undefined && value !== null)
  const year = Number(on.slice(0, 4))
  return values.flatMap(value => [
    ...yearly.flatMap(d => [`${year}-${d}` as Day, `${year + 1}-${d}` as Day]),
    ...days.map(n => addDays(value as Day, n)),
    ...months.map(n => addDays(addMonths(value as Day, n), -before)),
  ])
}

/** The card of points: a hint in which order to look, with its parts. */
export interface Points {
  readonly points: number
  /** The most it could be. */
  readonly most: number
  readonly parts: readonly {
    readonly item: string
    readonly dimension: string
    readonly label: Words
    readonly points: number
    /** Undefined where nothing of the item holds; null where it cannot be told. */
    readonly because: Words | null | undefined
  }[]
}

/** What is not known gives no points and is named as such. Undefined where the pool has no card. */
export function pointsOf(pool: Pool, facts: HouseholdFacts, on: Day): Points | undefined {
  if (pool.points.length === 0) return undefined
  const world = new Household(pool, facts, on)
  const frame = world.frame(-1)
  const parts = pool.points.map(({ item, bands }) => {
    let isOpen = false
    const band = bands.find(({ node }) => {
      const value = node.run(frame)
      if (value === undefined) isOpen = true
      return value === true
    })
    return {
      item: item.id,
      dimension: item.dimension,
      label: item.label,
      points: band?.points ?? 0,
      because: band ? band.label : isOpen ? null : undefined,
    }
  })
  return {
    points: parts.reduce((sum, p) => sum + p.points, 0),
    most: pool.points.reduce((sum, { bands }) => sum + Math.max(0, ...bands.map(b => b.points)), 0),
    parts,
  }
}
