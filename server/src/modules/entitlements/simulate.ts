import type { Day, DivisionCode } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import { currentPool, isExample, type LoadedPool, rowOn } from '../pools/index.ts'
import { type Counted, countTried, type Side } from './count-tried.ts'
import { type entitlementsContract, figureNotFitting, figureUnknown } from './contract.ts'
import { isExampleOf, named } from './finding-line.ts'
import { entitlements } from './receipts.ts'
import { reading, remembered } from './registry-memory.ts'
import { schematicMap, type SimulationData, simulationData } from './simulation-data.ts'
import type { WholeRegistry } from './whole-registry.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>
type Answer = AnswerOf<(typeof entitlementsContract)['GET /simulations']>

/** What a figure can be tried at, the ones the district puts first on top. */
export async function listSliders(ctx: Ctx) {
  const loaded = await currentPool(ctx)
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
    households: await countHouseholds(ctx),
    on: ctx.today,
  }
}

async function countHouseholds(ctx: Ctx): Promise<number> {
  const { count } = await entitlements(ctx)
    .selectFrom('registry.v_household')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('district', '=', ctx.district)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How far the first reading of the registry is; nothing where none goes on. */
export const howFarRead = (ctx: Ctx) => Promise.resolve({ reading: reading(ctx) ?? null })

const plain = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })
const rounded = (x: number) => Math.round(x * 1e6) / 1e6
const stepOf = (value: number) => (value >= 1000 ? 10 : value >= 100 ? 1 : value >= 10 ? 1 : value >= 1 ? 0.1 : 0.01)

/** Other figures tried on everybody in the registry: who would gain or lose, where, and what it would cost. Nothing is kept. */
export async function simulate(ctx: Ctx, { query }: Input<'GET /simulations'>): Promise<Answer> {
  return await simulateFigures(ctx, figuresIn(query.set))
}

/** As {@link simulate}. @throws figureUnknown, figureNotFitting */
export async function simulateFigures(ctx: Ctx, figures: Figures): Promise<Answer> {
  // Before everybody is read for a figure that does not fit.
  check(await currentPool(ctx), figures)
  const { loaded, townships, asOf, on, tryFigures: ask } = await remembered(ctx)
  const counted = await ask(figures)
  return tell(loaded, counted, { townships, asOf, on, budgets: (await simulationData()).budgets })
}

/**
 * As {@link simulate}, on a registry in memory.
 * @throws figureUnknown, figureNotFitting
 */
export function tryFigures(
  whole: WholeRegistry,
  figures: Figures,
  about: Pick<About, 'townships' | 'asOf' | 'budgets'>,
): Answer {
  check(whole.loaded, figures)
  return tell(whole.loaded, countTried(whole, figures), { ...about, on: whole.run.on })
}

export type Figures = Readonly<Record<string, number>>

/** Reads `dibaoStandard-1216_dibianMultiple-1.8`, as it stands in addresses. @throws figureUnknown for what is no figure */
export function figuresIn(text: string | undefined): Figures {
  const parts = (text ?? '').split('_').filter(part => part !== '')
  return Object.fromEntries(
    parts.map(part => {
      const [, name, figure] = /^([A-Za-z][A-Za-z0-9.]*)-(-?\d+(?:\.\d+)?)$/.exec(part) ?? []
      if (name === undefined) throw figureUnknown({ name: part.slice(0, 80) })
      return [name, Number(figure)]
    }),
  )
}

export function check(loaded: LoadedPool, figures: Figures): void {
  const known = new Map(loaded.documents.parameters.map(p => [p.name, p]))
  for (const [name, value] of Object.entries(figures)) {
    const parameter = known.get(name)
    if (!parameter) throw figureUnknown({ name })
    if (!Number.isFinite(value) || value < 0 || value > 1e9)
      throw figureNotFitting({ zh: parameter.label.zh, en: parameter.label.en })
  }
}

interface About {
  /** Names by code. */
  readonly townships: ReadonlyMap<string, string>
  readonly asOf: Date
  readonly on: Day
  readonly budgets: SimulationData['budgets']
}

/** Counts as people read them: named, the few hidden. */
function tell(loaded: LoadedPool, counted: Counted, { townships, asOf, on, budgets }: About): Answer {
  const codes = [...townships.keys()].sort()
  const place = new Map(counted.townships.map((code, i) => [code, i]))
  const inOrder = (counts: readonly number[]) => hideSmall(codes.map(code => counts[place.get(code) ?? -1] ?? 0))
  const { now } = counted.cost
  const tried: Figures = {
    ...counted.cost.tried,
    ...Object.fromEntries(counted.policies.map(p => [p.id, costShown(p)])),
  }
  return {
    on,
    asOf: asOf.toISOString(),
    people: counted.people,
    households: counted.households,
    poolVersion: counted.poolVersion,
    policies: counted.policies.map(({ id, gained, lost, opened, costNow, gainedIn, lostIn }) => {
      const [gains, losses] = [inOrder(gainedIn), inOrder(lostIn)]
      return {
        ...named(loaded, id),
        gained: hidden(gained),
        lost: hidden(lost),
        opened: hidden(opened),
        costNow,
        costTried: tried[id] ?? 0,
        example: isExampleOf(loaded, id, { today: on }),
        townships: codes.map((_, i) => [gains[i] ?? null, losses[i] ?? null] as [number | null, number | null]),
      }
    }),
    townships: codes.map(code => ({ code: code as DivisionCode, name: townships.get(code) ?? code })),
    fairness: fairnessOf(counted.groups),
    cost: { now: total(now), tried: total(tried) },
    budgets: budgets.map(({ id, name, policies, yuan, provenance }) => ({
      id,
      name,
      yuan,
      example: isExample(provenance),
      now: sumOf(now, policies),
      tried: sumOf(tried, policies),
    })),
    ms: counted.ms,
    judgedMs: counted.judgedMs,
  }
}

/** So coarse that a few people's amounts cannot be counted off the yuan beside a hidden count. */
const coarse = 100_000

function costShown({ gained, lost, opened, costNow, costTried }: Counted['policies'][number]): number {
  const isHidden = [gained, lost, opened].some(
    s => hiddenTotal(s.people) === null || hiddenTotal(s.households) === null,
  )
  return isHidden ? costNow + Math.round((costTried - costNow) / coarse) * coarse : costTried
}

const hidden = ({ people, households }: Side) => ({ people: hiddenTotal(people), households: hiddenTotal(households) })

/** Of every thousand of an age, with and without a disability: who gains anything, who loses anything. */
function fairnessOf({ people, gained, lost }: Counted['groups']): Answer['fairness'] {
  const [gains, losses] = [hideSmall(gained), hideSmall(lost)]
  const share = (n: number | null | undefined, of: number) =>
    n === null || n === undefined || of < 100 ? null : Math.round((n / of) * 10_000) / 10
  return people.map((of, cell) => ({
    age: (['child', 'adult', 'elder'] as const)[cell >> 1] as 'child' | 'adult' | 'elder',
    disabled: cell % 2 === 1,
    people: hiddenTotal(of),
    gained: share(gains[cell], of),
    lost: share(losses[cell], of),
  }))
}

const total = (cost: Figures) => Object.values(cost).reduce((a, b) => a + b, 0)
const sumOf = (cost: Figures, policies: readonly string[]) => policies.reduce((sum, id) => sum + (cost[id] ?? 0), 0)
