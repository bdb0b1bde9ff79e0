import { type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { cliffOf, raisedWages } from '@zhulian/rules'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { briefsOf, factsOf, getHousehold, placesOf } from '../registry/index.ts'
import type { entitlementsContract } from './contract.ts'
import { named } from './finding-line.ts'
import { hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import { type WholeRegistry, wholeRegistry } from './whole-registry.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>

/** Ten percent more of what a household has. */
const near = 0.1
const leastWay = 50

export async function cliffOfHousehold(ctx: Ctx, { params, query }: Input<'GET /households/:id/cliff'>) {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const known = await factsOf(ctx, household.id)
  const pool = await currentPool(ctx)
  const cliff = cliffOf(pool.pool, known.facts, ctx.today, query.person ? { person: query.person } : {})
  if (!cliff) return { on: ctx.today, curve: null }
  const names = (await briefsOf(ctx, [household.id])).get(household.id)?.names
  const wage = cliff.wage ?? 0
  const way = Math.max(leastWay, (cliff.points.find(p => p.wage >= wage)?.income ?? 0) * near)
  return {
    on: ctx.today,
    curve: {
      person: { id: cliff.person as Id, name: maskName(names?.get(cliff.person as Id) ?? '') },
      wage: cliff.wage ?? null,
      points: [...cliff.points],
      falls: cliff.falls.map(({ from, to, by, because }) => ({
        from,
        to,
        by,
        because: because.map(({ policy, less }) => ({ ...named(pool, policy), less })),
        near: to > wage && from <= wage + way,
      })),
    },
  }
}

interface Near {
  readonly whole: WholeRegistry
  /** By lane of a household: the largest fall within reach, yuan a month. */
  readonly falls: ReadonlyMap<number, number>
}
const counted = new Map<string, Near>()

/** Once for each state of the registry: a few seconds, in small pieces. */
export async function listCliffs(ctx: Ctx) {
  const whole = await wholeRegistry(ctx)
  const kept = counted.get(ctx.district)
  const { falls } = kept?.whole === whole ? kept : await countFalls(whole)
  counted.set(ctx.district, { whole, falls })
  const places = await placesOf(ctx)
  const by = new Map<string, number>()
  for (const household of falls.keys()) {
    const code = (whole.divisions[household] as string).slice(0, 9)
    by.set(code, (by.get(code) ?? 0) + 1)
  }
  const codes = [...by.keys()].sort()
  const counts = hideSmall(codes.map(code => by.get(code) ?? 0))
  const township = new Map([...places].map(([code, place]) => [code.slice(0, 9), place.township]))
  const households = hiddenTotal(falls.size)
  return {
    on: ctx.today,
    asOf: whole.asOf.toISOString(),
    households,
    largest: households === null ? null : Math.round(Math.max(0, ...falls.values())),
    townships: codes.map((code, i) => ({
      code: code as never,
      name: township.get(code) ?? code,
      households: counts[i] ?? null,
    })),
  }
}

const steps = 10

async function countFalls(whole: WholeRegistry): Promise<Near> {
  const raised = raisedWages(
    whole.loaded.pool,
    whole.ids.map((_, household) => whole.facts(household)),
    whole.run.on,
  )
  const falls = new Map<number, number>()
  let before = raised.at(0)
  for (let step = 1; step <= steps; step++) {
    // Each step takes as long as a few requests; others come between.
    await breathe()
    const after = raised.at((near * step) / steps)
    after.forEach((net, household) => {
      const fall = (before[household] as number) - net
      if (fall >= 1 && fall > (falls.get(household) ?? 0)) falls.set(household, fall)
    })
    before = after
  }
  return { whole, falls }
}
