import type { DivisionCode } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { changes, countOf, lanesOf, type Change, type RegistryJudgement, yearlyCost } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { isExample, rowOn } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { type entitlementsContract, figureNotFitting, figureUnknown } from './contract.ts'
import { isExampleOf, named } from './finding-line.ts'
import { hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import { schematicMap, type SimulationData, simulationData } from './simulation-data.ts'
import { type WholeRegistry, wholeRegistry } from './whole-registry.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>
type Answer = AnswerOf<(typeof entitlementsContract)['POST /simulations']>

/** What a figure can be tried at, the ones the district puts first on top. */
export async function listSliders(ctx: Ctx) {
  const { loaded, asOf, registry } = await wholeRegistry(ctx)
  const { sliders } = await simulationData()
  const order = new Map(sliders.map((s, i) => [s.parameter, i]))
  const items = loaded.documents.parameters.flatMap(parameter => {
    const row = rowOn(parameter, ctx.today)
    if (!row) return []
    const own = sliders[order.get(parameter.name) ?? -1]
    const step = own?.step ?? stepOf(row.value)
    const at = (share: number) => Math.round((row.value * share) / step) * step
    return [
      {
        parameter: parameter.name,
        label: plain(parameter.label),
        unit: parameter.unit ? plain(parameter.unit) : null,
        value: row.value,
        from: row.from,
        min: rounded(at(own?.from ?? 0.5)),
        max: rounded(Math.max(at(own?.to ?? 2), row.value + step)),
        step,
        first: own !== undefined,
        example: isExample(row.provenance),
      },
    ]
  })
  items.sort(
    (a, b) =>
      (order.get(a.parameter) ?? order.size) - (order.get(b.parameter) ?? order.size) ||
      (a.parameter < b.parameter ? -1 : 1),
  )
  const { note, columns, rows, tile, river, tiles } = await schematicMap()
  return {
    map: {
      note,
      columns,
      rows,
      tile,
      river: river ?? null,
      tiles: tiles.map(({ code, ...place }) => ({ code: code as DivisionCode, ...place })),
    },
    items,
    people: registry.first.at(-1) ?? 0,
    households: registry.first.length - 1,
    asOf: asOf.toISOString(),
    on: ctx.today,
  }
}

const plain = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })
const rounded = (x: number) => Math.round(x * 1e6) / 1e6
const stepOf = (value: number) => (value >= 1000 ? 10 : value >= 100 ? 1 : value >= 10 ? 1 : value >= 1 ? 0.1 : 0.01)

/** Other figures tried on everybody in the registry: who would gain or lose, where, and what it would cost. Nothing is kept. */
export async function simulate(ctx: Ctx, { body }: Input<'POST /simulations'>): Promise<Answer> {
  const whole = await wholeRegistry(ctx)
  const places = await placesOf(ctx)
  const codes = [...places.keys()].filter(code => code.length === 12).map(code => code.slice(0, 9))
  const nameOf = new Map([...places].map(([code, place]) => [code.slice(0, 9), place.township]))
  const townships = [...new Set(codes)].sort().map(code => ({ code, name: nameOf.get(code) ?? code }))
  const { budgets } = await simulationData()
  return tryFigures(whole, body.parameters, townships, budgets)
}

/**
 * As {@link simulate}, on a registry in memory.
 * @throws figureUnknown, figureNotFitting
 */
export function tryFigures(
  whole: WholeRegistry,
  parameters: Readonly<Record<string, number>>,
  townships: readonly { readonly code: string; readonly name: string }[],
  budgets: SimulationData['budgets'],
): Answer {
  const known = new Map(whole.loaded.documents.parameters.map(p => [p.name, p]))
  for (const [name, value] of Object.entries(parameters)) {
    const parameter = known.get(name)
    if (!parameter) throw figureUnknown({ name })
    if (!Number.isFinite(value) || value < 0 || value > 1e9)
      throw figureNotFitting({ zh: parameter.label.zh, en: parameter.label.en })
  }
  const today = whole.run.on
  const codes = townships.map(t => t.code)
  const began = performance.now()
  const before = whole.inForce
  const after = Object.keys(parameters).length > 0 ? whole.run.withParameters(parameters) : before
  const found = changes(before, after)
  const touched = found.map(change => peopleOf(whole, change))
  const [costNow, costTried] = [costOf(before), costOf(after)]
  return {
    on: today,
    asOf: whole.asOf.toISOString(),
    people: whole.home.length,
    households: whole.ids.length,
    poolVersion: whole.loaded.id,
    policies: found.map((change, i) => {
      const { gained, lost, opened } = touched[i] as Touched
      const count = (side: Side) => ({
        people: hiddenTotal(side.people.length),
        households: hiddenTotal(side.households),
      })
      return {
        ...named(whole.loaded, change.id),
        gained: count(gained),
        lost: count(lost),
        opened: count(opened),
        costNow: costNow.get(change.id) ?? 0,
        costTried: costTried.get(change.id) ?? 0,
        example: isExampleOf(whole.loaded, change.id, { today }),
        townships: byTownship(whole, codes, gained, lost),
      }
    }),
    townships: townships.map(({ code, name }) => ({ code: code as DivisionCode, name })),
    fairness: fairnessOf(whole, touched),
    cost: { now: total(costNow), tried: total(costTried) },
    budgets: budgets.map(({ id, name, policies, yuan, provenance }) => ({
      id,
      name,
      yuan,
      example: isExample(provenance),
      now: sumOf(costNow, policies),
      tried: sumOf(costTried, policies),
    })),
    ms: Math.round((performance.now() - began) * 10) / 10,
  }
}

interface Side {
  /** Lanes of people, in order. */
  readonly people: readonly number[]
  readonly households: number
}
interface Touched {
  readonly gained: Side
  readonly lost: Side
  readonly opened: Side
}

/** A household's benefit reaches everybody who lives there. */
function peopleOf(whole: WholeRegistry, change: Change): Touched {
  const side = (plane: Int32Array): Side => {
    if (countOf(plane) === 0) return { people: [], households: 0 }
    const lanes = lanesOf(plane)
    if (change.of === 'person') return { people: lanes, households: new Set(lanes.map(l => whole.home[l])).size }
    const people: number[] = []
    for (const household of lanes) {
      const [from, to] = [whole.registry.first[household] as number, whole.registry.first[household + 1] as number]
      for (let lane = from; lane < to; lane++) if (isLiving(whole, lane)) people.push(lane)
    }
    return { people, households: lanes.length }
  }
  return { gained: side(change.gained), lost: side(change.lost), opened: side(change.opened) }
}

const isLiving = ({ inForce }: WholeRegistry, lane: number) =>
  (((inForce.living[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

function byTownship(whole: WholeRegistry, townships: readonly string[], gained: Side, lost: Side) {
  const count = (side: Side) => {
    const by = new Map<string, number>()
    for (const lane of side.people) {
      const code = (whole.divisions[whole.home[lane] as number] as string).slice(0, 9)
      by.set(code, (by.get(code) ?? 0) + 1)
    }
    return hideSmall(townships.map(code => by.get(code) ?? 0))
  }
  const [gains, losses] = [count(gained), count(lost)]
  return townships.map((_, i) => [gains[i] ?? null, losses[i] ?? null] as [number | null, number | null])
}

const bands = [0, 1, 2] as const

/** Of every thousand of an age, with and without a disability: who gains anything, who loses anything. */
function fairnessOf(whole: WholeRegistry, touched: readonly Touched[]): Answer['fairness'] {
  const [gained, lost] = [new Set<number>(), new Set<number>()]
  for (const t of touched) {
    for (const lane of t.gained.people) gained.add(lane)
    for (const lane of t.lost.people) lost.add(lane)
  }
  const cellOf = (lane: number) => {
    const band = whole.age[lane] as number
    return band > 2 ? -1 : band * 2 + (whole.disabled[lane] as number)
  }
  const count = (lanes: Iterable<number>) => {
    const cells = [0, 0, 0, 0, 0, 0]
    for (const lane of lanes) {
      const cell = cellOf(lane)
      if (cell >= 0) cells[cell] = (cells[cell] as number) + 1
    }
    return cells
  }
  const people = count(whole.home.keys())
  const [gains, losses] = [hideSmall(count(gained)), hideSmall(count(lost))]
  const share = (n: number | null | undefined, of: number) =>
    n === null || n === undefined || of < 100 ? null : Math.round((n / of) * 10_000) / 10
  return bands.flatMap(band =>
    [false, true].map(disabled => {
      const cell = band * 2 + (disabled ? 1 : 0)
      const of = people[cell] as number
      return {
        age: (['child', 'adult', 'elder'] as const)[band],
        disabled,
        people: hiddenTotal(of),
        gained: share(gains[cell], of),
        lost: share(losses[cell], of),
      }
    }),
  )
}

function costOf(judgement: RegistryJudgement): ReadonlyMap<string, number> {
  return new Map([...judgement.policies].map(([id, outcome]) => [id, yearlyCost(outcome)]))
}
const total = (cost: ReadonlyMap<string, number>) => [...cost.values()].reduce((a, b) => a + b, 0)
const sumOf = (cost: ReadonlyMap<string, number>, policies: readonly string[]) =>
  policies.reduce((sum, id) => sum + (cost.get(id) ?? 0), 0)
