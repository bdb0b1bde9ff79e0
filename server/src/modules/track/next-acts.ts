import { addDays, type Day, daysBetween, type Id, type Words } from '@zhulian/kernel'

/**
 * What could best be done next for a family, from what lies open: each with the reason it is named and the way to it. It orders, it decides
 * nothing. The weights are ours [I]: danger first, then what is late, then what the family is missing, then what is coming.
 * @source domain §7.8 for the rhythm of visits
 */
export interface OpenMatters {
  readonly today: Day
  readonly needs: readonly {
    readonly id: Id
    readonly number: string
    readonly urgent: boolean
    readonly state: string
    readonly dueOn: Day | null
  }[]
  readonly alerts: readonly { readonly id: Id; readonly name: Words; readonly level: string }[]
  readonly slips: readonly { readonly id: Id; readonly number: string; readonly dueOn: Day }[]
  readonly unclaimed: readonly { readonly id: Id; readonly name: Words; readonly aYear: number | null }[]
  /** When somebody should be there next, and the last visit that who asks may read; null where the family is visited in no rhythm. */
  readonly visit: { readonly dueOn: Day; readonly lastOn: Day | null } | null
  /** The certificate ends. */
  readonly reviewOn: Day | null
  readonly ending: readonly { readonly name: Words; readonly on: Day }[]
  readonly undecided: boolean
}

export type Target =
  | { readonly screen: 'need' | 'alert' | 'slip' | 'finding'; readonly id: Id }
  | { readonly screen: 'visits' | 'help' | 'facts'; readonly id: null }

export interface Act {
  readonly kind: string
  readonly words: Words
  readonly because: Words
  readonly dueOn: Day | null
  readonly to: Target
}

interface Weighed extends Act {
  readonly weight: number
}

const act = (
  kind: string,
  weight: number,
  to: Target,
  dueOn: Day | null,
  zh: readonly [string, string],
  en: readonly [string, string],
): Weighed => ({ kind, weight, to, dueOn, words: { zh: zh[0], en: en[0] }, because: { zh: zh[1], en: en[1] } })

const soon = 14
const reviewSoon = 60

export const nextActs = (open: OpenMatters, most = 3): Act[] => {
  const best = new Map<string, Weighed>()
  for (const one of candidates(open)) {
    const before = best.get(one.kind)
    if (!before || one.weight > before.weight) best.set(one.kind, one)
  }
  return [...best.values()]
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
    .map(({ weight: _weight, ...one }) => one)
}

function candidates(open: OpenMatters): Weighed[] {
  const { today } = open
  const late = (due: Day) => Math.min(9, daysBetween(due, today) / 10)
  return [
    ...open.needs.flatMap((need): Weighed[] => {
      const to: Target = { screen: 'need', id: need.id }
      if (need.urgent && need.state === 'submitted')
        return [
          act(
            'urgentNeed',
            100,
            to,
            need.dueOn,
            [`接下急事 ${need.number}`, '急事，还没有人打开'],
            [`Take up ${need.number}`, 'urgent, and nobody has opened it'],
          ),
        ]
      if (need.state === 'delivered')
        return [
          act(
            'confirm',
            58,
            to,
            need.dueOn,
            [`问问家里 ${need.number} 办好没有`, '帮忙的人说做完了，家里还没答'],
            [`Ask whether ${need.number} is done`, 'said to be done; the family has not answered'],
          ),
        ]
      return need.dueOn !== null && need.dueOn < today
        ? [
            act(
              'lateNeed',
              80 + late(need.dueOn),
              to,
              need.dueOn,
              [`办需求 ${need.number}`, `${need.dueOn}该有结果，已超过${daysBetween(need.dueOn, today)}天`],
              [`See to ${need.number}`, `due on ${need.dueOn}, ${daysBetween(need.dueOn, today)} days ago`],
            ),
          ]
        : []
    }),
    ...open.alerts
      .filter(alert => alert.level === 'red' || alert.level === 'orange')
      .map(alert =>
        act(
          'alert',
          alert.level === 'red' ? 95 : 75,
          { screen: 'alert', id: alert.id },
          null,
          [`看预警：${alert.name.zh}`, alert.level === 'red' ? '红色预警还没办结' : '橙色预警还没办结'],
          [`Look at the alert: ${alert.name.en}`, `a ${alert.level} alert is open`],
        ),
      ),
    ...open.slips
      .filter(slip => slip.dueOn < today)
      .map(slip =>
        act(
          'slip',
          65 + late(slip.dueOn),
          { screen: 'slip', id: slip.id },
          slip.dueOn,
          [`催转介单 ${slip.number}`, `部门该在${slip.dueOn}答复`],
          [`Ask after slip ${slip.number}`, `the bureau was to answer by ${slip.dueOn}`],
        ),
      ),
    ...open.unclaimed.map(one =>
      act(
        'unclaimed',
        50 + Math.min(7, (one.aYear ?? 0) / 3000),
        { screen: 'finding', id: one.id },
        null,
        [`帮着申请：${one.name.zh}`, '按现在的情况该享，还没有在领'],
        [`Help to apply: ${one.name.en}`, 'entitled by what is known, and not receiving'],
      ),
    ),
    ...visitActs(open),
    ...(open.reviewOn !== null && open.reviewOn <= addDays(today, reviewSoon)
      ? [
          act(
            'review',
            56,
            { screen: 'help', id: null },
            open.reviewOn,
            ['准备复核', `现在的认定到${open.reviewOn}`],
            ['Prepare the review', `what was decided holds until ${open.reviewOn}`],
          ),
        ]
      : []),
    ...open.ending
      .filter(one => one.on <= addDays(today, reviewSoon))
      .map(one =>
        act(
          'ending',
          45,
          { screen: 'help', id: null },
          one.on,
          [`接上帮助：${one.name.zh}`, `${one.on}到期`],
          [`Go on from: ${one.name.en}`, `it ends on ${one.on}`],
        ),
      ),
    ...(open.undecided
      ? [
          act(
            'undecided',
            30,
            { screen: 'facts', id: null },
            null,
            ['补问情况', '还有情况不清楚，圈层定不下来'],
            ['Ask what is missing', 'the circle cannot be told yet'],
          ),
        ]
      : []),
  ]
}

function visitActs({ visit, today }: OpenMatters): Weighed[] {
  if (!visit || visit.dueOn > addDays(today, soon)) return []
  const { dueOn, lastOn } = visit
  const since =
    lastOn === null
      ? ['还没有您能看到的走访', 'no visit yet that you can see']
      : [`上次是${lastOn}`, `the last visit was on ${lastOn}`]
  const isLate = dueOn < today
  return [
    act(
      'visit',
      isLate ? 70 + Math.min(9, daysBetween(dueOn, today) / 10) : 42,
      { screen: 'visits', id: null },
      dueOn,
      [isLate ? '补上走访' : '去走访', `${dueOn}该去，${since[0] ?? ''}`],
      [isLate ? 'Make the visit that is late' : 'Visit them', `due on ${dueOn}; ${since[1] ?? ''}`],
    ),
  ]
}
