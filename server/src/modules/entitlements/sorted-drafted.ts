import type { DivisionCode } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { PlanClass, RegistryJudgement } from '@zhulian/rules'
import { hidden, peopleOf, splitBy, together, type Touched } from './touched.ts'
import type { tryDraftContract } from './try-draft-contract.ts'
import type { WholeRegistry } from './whole-registry.ts'

type Answer = AnswerOf<(typeof tryDraftContract)['POST /simulations/drafts/:draftId']>
type Place = Answer['circle']['moves'][number]['from']
type Plan = Answer['class']['moves'][number]['from']
type Townships = readonly (readonly [code: string, name: string])[]

interface Move<P> extends Touched {
  readonly from: P
  readonly to: P
}

const placeOf = (circle: number): Place =>
  circle < 0 ? 'open' : circle === 0 ? 'none' : (String(circle) as '1' | '2' | '3')
/** What is open counts as in no circle. In the registry it shows as that too, and is no reason to leave. */
const rank = (place: Place): number => (place === 'open' || place === 'none' ? 4 : Number(place))

/** Who the rules would put into another circle. Where somebody stands follows later, as the registry has it. */
export function circlesMoved(
  whole: WholeRegistry,
  before: RegistryJudgement,
  after: RegistryJudgement,
  townships: Townships,
): Answer['circle'] {
  const lanes = new Map<string, { from: Place; to: Place; lanes: number[] }>()
  for (let lane = 0; lane < whole.home.length; lane++) {
    const [was, is] = [before.circles.circle[lane] as number, after.circles.circle[lane] as number]
    if (was === is) continue
    const [from, to] = [placeOf(was), placeOf(is)]
    const own = lanes.get(`${from} ${to}`) ?? { from, to, lanes: [] }
    lanes.set(`${from} ${to}`, own)
    own.lanes.push(lane)
  }
  const moves = [...lanes.values()].map(
    ({ from, to, lanes: own }): Move<Place> => ({ from, to, ...peopleOf(whole, after, 'person', own) }),
  )
  const turned = (sign: number) => moves.filter(({ from, to }) => Math.sign(rank(to) - rank(from)) === sign)
  const [inward, outward] = [together(turned(-1)), together(turned(1))]
  const split = [inward, outward].map(touched => hidden(splitBy(whole, codesOf(townships), touched)))
  return {
    inward: hidden([inward])[0] as Answer['all']['gained'],
    outward: hidden([outward])[0] as Answer['all']['gained'],
    // Those of one direction add up to what is shown of it.
    moves: [-1, 1, 0].flatMap(sign => shownMoves(turned(sign))),
    townships: moves.length === 0 ? [] : named(townships, i => ({ inward: split[0]?.[i], outward: split[1]?.[i] })),
  }
}

const plans: readonly PlanClass[] = ['prevention', 'support', 'development']

/** Whose classes the rules would change: the primary one, which drives the plan, and any beside it. */
export function classesMoved(
  whole: WholeRegistry,
  before: RegistryJudgement,
  after: RegistryJudgement,
  townships: Townships,
): Answer['class'] {
  const [was, is] = [planOf(before.classes), planOf(after.classes)]
  const lanes = new Map<string, { from: Plan; to: Plan; lanes: number[] }>()
  const held = plans.map(name => ({ class: name, gained: [] as number[], lost: [] as number[] }))
  const all: number[] = []
  for (let lane = 0; lane < whole.homes.length; lane++) {
    const [from, to] = [was(lane), is(lane)]
    let differs = from !== to
    if (differs) {
      const own = lanes.get(`${from} ${to}`) ?? { from, to, lanes: [] }
      lanes.set(`${from} ${to}`, own)
      own.lanes.push(lane)
    }
    for (const one of held) {
      const [had, has] = [before.classes, after.classes].map(classes => holds(classes.holds.get(one.class), lane))
      if (had === has) continue
      differs = true
      one[has ? 'gained' : 'lost'].push(lane)
    }
    if (differs) all.push(lane)
  }
  const touched = (own: readonly number[]) => peopleOf(whole, after, 'household', own)
  const moves = [...lanes.values()].map(({ from, to, lanes: own }): Move<Plan> => ({ from, to, ...touched(own) }))
  const [gained, lost] = (['gained', 'lost'] as const).map(what => hidden(held.map(one => touched(one[what]))))
  const split = hidden(splitBy(whole, codesOf(townships), touched(all)))
  return {
    all: hidden([touched(all)])[0] as Answer['all']['gained'],
    moves: shownMoves(moves),
    held: held.flatMap((one, i) =>
      one.gained.length + one.lost.length === 0
        ? []
        : [{ class: one.class, ...sides({ gained: gained?.[i], lost: lost?.[i] }) }],
    ),
    townships: all.length === 0 ? [] : named(townships, i => ({ moved: split[i] })),
  }
}

/** The primary class by lane of a household. */
function planOf(classes: RegistryJudgement['classes']): (lane: number) => Plan {
  const names = [...classes.holds.keys()]
  return lane => names[classes.primary[lane] as number] ?? 'none'
}

const holds = (plane: Int32Array | undefined, lane: number): boolean =>
  plane !== undefined && (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

/** The most households first. */
function shownMoves<P>(moves: readonly Move<P>[]) {
  const inOrder = moves.toSorted((a, b) => b.households.size - a.households.size)
  const shown = hidden(inOrder)
  return inOrder.map(({ from, to }, i) => ({ from, to, ...(shown[i] as Answer['all']['gained']) }))
}

const codesOf = (townships: Townships) => townships.map(([code]) => code)

type Side = Answer['all']['gained']
const sides = <K extends string>(own: Readonly<Record<K, Side | undefined>>) => own as Readonly<Record<K, Side>>
const named = <K extends string>(townships: Townships, of: (i: number) => Readonly<Record<K, Side | undefined>>) =>
  townships.map(([code, name], i) => ({ code: code as DivisionCode, name, ...sides(of(i)) }))
