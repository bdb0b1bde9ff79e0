import { type Change, type Need, openPlacement, type Wanted } from '@zhulian/assign'
import { shapes } from '../../packages/assign/test/shapes.ts'
import { isProved, leastByFlow, type Made, madeUp, random, stepsOf } from '../../packages/assign/test/wanted.ts'

/**
 * What it takes to give many needs to many takers at the least cost, and to do so again after one change, prices included.
 * Processor seconds; beside it the same problem as a flow (network simplex, `minCostFlow`), in the same run. `npm run bench assign`.
 */
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const ms = (x: number): string => `${x < 10 ? x.toFixed(1) : x.toFixed(0)} ms`
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0
const held: boolean[] = []

function goal(what: string, found: number, most: number): void {
  if (most === Number.POSITIVE_INFINITY) return console.log(`      ${what}: ${ms(found)}`)
  held.push(found <= most)
  console.log(`${found <= most ? 'held' : 'NOT HELD'}  ${what}: ${ms(found)} (goal ${ms(most)})`)
}

const ten = { needs: 10_000, takers: 750, each: 40 }
const forty = { needs: 42_000, takers: 750, each: 40 }
whole({ needs: 110, takers: 38, each: 38, places: 1.2, seed: 1 }, 50, true)
whole({ needs: 2000, takers: 300, each: 30, places: 0.9, seed: 1 }, 300, true)
for (const places of [1.05, 0.9]) {
  whole({ ...ten, places, seed: 1 }, 300, places === 1.05)
  again({ ...ten, places, seed: 1 }, 50)
}
for (const places of [1.05, 0.9, 0.8]) whole({ ...forty, places, seed: 1 }, 4000, false)
again({ ...forty, places: 1.05, seed: 1 }, Number.POSITIVE_INFINITY)
whole({ needs: 10_000, takers: 750, each: 750, places: 1.05, seed: 1 }, Number.POSITIVE_INFINITY, false)
for (const [shape, make] of Object.entries(shapes(ten)))
  timed(`  ${shape}`, make(), shape.includes('every pair') ? Number.POSITIVE_INFINITY : 300, 3)
for (const shape of ['places for 100 %', 'unlike open, 90 %', 'in towns, 105 %', 'places that rise in cost, 90 %'])
  life(shape, shapes(ten)[shape]?.() as Wanted, 50)
if (held.includes(false)) process.exitCode = 1

function nameOf({ needs, takers, each, places }: Made): string {
  return `${needs} needs × ${takers} takers, ${each} each, places for ${Math.round(places * 100)} %`
}

function whole(made: Made, most: number, besideFlow: boolean): void {
  timed(nameOf(made), madeUp(made), most, besideFlow ? 3 : 5, besideFlow)
}

function timed(name: string, one: Wanted, most: number, times: number, besideFlow = false): void {
  const [ours, flows]: [number[], number[]] = [[], []]
  let isSame = true
  for (let i = 0; i < times; i++) {
    globalThis.gc?.()
    const since = cpu()
    const placement = openPlacement(one)
    placement.prices()
    ours.push(cpu() - since)
    if (i === 0) isSame = isProved(one, placement)
    if (!besideFlow || i > 0) continue
    const before = cpu()
    const least = leastByFlow(one)
    flows.push(cpu() - before)
    isSame &&= least === placement.cost
  }
  held.push(isSame)
  goal(`${name}, the first of ${ours.length} times`, ours[0] ?? 0, most)
  const beside = besideFlow
    ? `; as a flow ${ms(flows[0] ?? 0)}, ${((ours[0] ?? 0) / (flows[0] ?? 1)).toFixed(3)} of that`
    : ''
  console.log(`      ${isSame ? 'proved' : 'NOT PROVED'} to be least; median ${ms(median(ours))}${beside}`)
}

/** A thousand changes of any kind, one after another; one in twenty is proved to be least, and so is the last. */
function life(name: string, first: Wanted, most: number): void {
  const [needs, takers] = [[...first.needs], [...first.takers]]
  const next = random(11)
  const placement = openPlacement(first)
  placement.prices()
  const times: number[] = []
  let isSame = true
  for (let i = 1; i <= 1000; i++) {
    const [need, taker] = [next(needs.length), next(takers.length)]
    const is = first.needs[next(first.needs.length)] as Need
    const places = stepsOf(takers[taker] ?? 0).reduce((sum, { units }) => sum + units, 0)
    const change = (
      [
        { need, isGone: true },
        { need: needs.length, is },
        { need, is: { ...is, open: is.open + next(500) } },
        { taker, places: places + 1 },
        { taker, places: Math.max(0, places - 1) },
        { taker, places: 0 },
        { taker, places: places === 0 ? Math.floor(needs.length / takers.length) : 2 * places },
      ] satisfies Change[]
    )[next(7)] as Change
    if ('taker' in change) takers[change.taker] = change.places
    else needs[change.need] = 'is' in change ? change.is : { open: 0, takers: [], costs: [] }
    const since = cpu()
    placement.change([change])
    placement.prices()
    times.push(cpu() - since)
    if (i % 20 === 0) isSame &&= isProved({ needs, takers }, placement)
  }
  held.push(isSame)
  goal(`${name}: the slowest of 1,000 changes, median ${ms(median(times))}`, Math.max(...times), most)
  console.log(`      ${isSame ? 'each twentieth proved' : 'NOT PROVED'} to be least`)
}

/** One change after another, of each kind; what is timed is the change and all prices afterwards. */
function again(made: Made, most: number): void {
  const { needs, takers } = madeUp(made)
  const next = random(made.seed + 7)
  const placement = openPlacement({ needs, takers })
  const any = () => next(needs.length)
  const kinds: Readonly<Record<string, () => Change[]>> = {
    'a need gone': () => [{ need: any(), isGone: true }],
    'a need more': () => [{ need: placement.needs, is: needs[any()] as Need }],
    'a need that costs otherwise': () => {
      const need = any()
      const { open, takers: list = [], costs } = needs[need] as Need
      return [{ need, is: { open: open + next(500), takers: list, costs: Array.from(costs, c => c + next(200)) } }]
    },
    'a place more': () => {
      const taker = next(takers.length)
      return [{ taker, places: placement.priceOf(taker, 1).places + 1 }]
    },
    'a place fewer': () => {
      const taker = next(takers.length)
      return [{ taker, places: Math.max(0, placement.priceOf(taker, 1).places - 1) }]
    },
    'a taker gone': () => [{ taker: next(takers.length), places: 0 }],
  }
  const moved: number[] = []
  for (const [kind, change] of Object.entries(kinds)) {
    const times: number[] = []
    for (let i = 0; i < 40; i++) {
      const changes = change()
      const since = cpu()
      const moves = placement.change(changes)
      placement.prices()
      times.push(cpu() - since)
      moved.push(moves.length)
    }
    times.sort((a, b) => a - b)
    goal(`  after ${kind}: the slowest of 40, median ${ms(median(times))}`, times.at(-1) ?? 0, most)
  }
  const since = cpu()
  for (let i = 0; i < 20; i++) placement.explain(any(), () => null)
  console.log(
    `      moved by one change: median ${median(moved)}, at most ${Math.max(...moved)}; one need explained: ${ms((cpu() - since) / 20)}`,
  )
}
