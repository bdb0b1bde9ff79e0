import { type DivisionCode, type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { cliffOf, withParameters } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import { currentPool } from '../pools/index.ts'
import { briefsOf, factsOf, getHousehold } from '../registry/index.ts'
import type { entitlementsContract } from './contract.ts'
import type { Falling } from './count-falls.ts'
import { named } from './finding-line.ts'
import { remembered } from './registry-memory.ts'
import { check, figuresIn } from './simulate.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>

/** Ten percent more of what a household has. */
const near = 0.1
const leastWay = 50

export async function cliffOfHousehold(ctx: Ctx, { params, query }: Input<'GET /households/:id/cliff'>) {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const known = await factsOf(ctx, household.id, { whole: true })
  const pool = await currentPool(ctx)
  const figures = figuresIn(query.set)
  check(pool, figures)
  const tried = query.set ? withParameters(pool.pool, figures, ctx.today) : pool.pool
  const cliff = cliffOf(tried, known.facts, ctx.today, query.person ? { person: query.person } : {})
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

/**
 * Counted once for each state of the registry and each set of figures: some seconds, in the thread of the registry. Beside
 * what stands now: who would stand before a fall by other figures and does not by those in force, and the other way round.
 */
export async function listCliffs(ctx: Ctx, { query }: Input<'GET /simulations/cliffs'>) {
  const figures = figuresIn(query.set)
  check(await currentPool(ctx), figures)
  const { townships, asOf, on, countFalls } = await remembered(ctx)
  const { now, tried, added, removed, townships: codes } = await countFalls(figures)
  const told = ({ households, largest }: Falling) => {
    const shown = hiddenTotal(households)
    return { households: shown, largest: shown === null ? null : largest }
  }
  const counts = hideSmall(tried.in)
  // Of two that are few each would give the other away: now and tried are both shown.
  const few = hiddenTotal(added) === null || hiddenTotal(removed) === null
  return {
    on,
    asOf: asOf.toISOString(),
    ...told(tried),
    inForce: told(now),
    added: few ? null : added,
    removed: few ? null : removed,
    townships: codes.flatMap((code, i) =>
      counts[i] === 0
        ? []
        : [{ code: code as DivisionCode, name: townships.get(code) ?? code, households: counts[i] ?? null }],
    ),
  }
}
