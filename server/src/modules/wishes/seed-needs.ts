import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { actorOf, as, edges } from '../../platform/act-as.ts'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { listGuidesOf } from '../identity/index.ts'
import { moveNeed } from './move-need.ts'
import type { NeedStep } from './need.ts'
import { publishWish } from './publish-wish.ts'
import { listNeeds } from './read-needs.ts'
import { addResource } from './resources.ts'
import { noteNeed } from './tell-need.ts'

export interface FamilyWithNeeds {
  readonly household: Id
  readonly village: DivisionCode
}

type Hand = 'village' | 'township' | 'district'

interface MadeUpNeed {
  readonly of: number
  readonly words: string
  readonly item?: string
  readonly urgent?: boolean
  readonly daysAgo: number
  /** A day each. */
  readonly steps?: readonly (readonly [Hand, NeedStep, string?])[]
}

const needs: readonly MadeUpNeed[] = [
  {
    of: 0,
    words: '奶奶听不见，想要一个助听器',
    daysAgo: 9,
    steps: [
      ['village', 'accept'],
      ['village', 'rise', '村里没有'],
      ['township', 'rise', '镇上也没有'],
      ['district', 'screen'],
      ['district', 'pool'],
    ],
  },
  {
    of: 1,
    words: '孩子初二，数学跟不上，想有人辅导',
    item: 'S-D1',
    daysAgo: 4,
    steps: [
      ['village', 'accept'],
      ['village', 'rise', '村里没有大学生'],
    ],
  },
  {
    of: 1,
    words: '爸爸想学一门手艺，在家门口上班',
    item: 'S-C2',
    daysAgo: 8,
    steps: [
      ['village', 'accept'],
      ['village', 'rise', '要找培训'],
      ['township', 'rise', '本镇没有培训班'],
    ],
  },
  {
    of: 2,
    words: '孙女小学五年级，英语没人教',
    item: 'S-D1',
    daysAgo: 2,
    steps: [
      ['village', 'accept'],
      ['village', 'rise', '村里没有会英语的'],
    ],
  },
  { of: 2, words: '冬天洗澡怕摔，浴室想装扶手', item: 'S-A4', daysAgo: 1 },
  {
    of: 2,
    words: '中午一个人做不动饭',
    item: 'S-A1',
    daysAgo: 3,
    steps: [
      ['village', 'accept'],
      ['village', 'match'],
    ],
  },
  {
    of: 2,
    words: '厨房的灯坏了，够不着',
    daysAgo: 12,
    steps: [
      ['village', 'accept'],
      ['village', 'match'],
      ['village', 'assign', '请老年食堂的师傅顺路去'],
      ['village', 'start'],
      ['village', 'deliver', '换了灯管，试过了'],
    ],
  },
  { of: 0, words: '屋顶漏雨，今晚没法睡', urgent: true, daysAgo: 0 },
]

/** What each level has, and needs at every place of the board, by the same use cases as a browser. */
export async function seedNeeds(machine: Ctx, families: readonly FamilyWithNeeds[]): Promise<number> {
  let count = 0
  const kitchens = new Map<DivisionCode, Id>()
  const tutors = new Set<DivisionCode>()
  for (const made of needs) {
    const family = families[made.of]
    const guide = family && (await listGuidesOf(machine, family.village))[0]
    if (!guide) continue
    const at = (ago: number) => new Date(machine.now.getTime() - Math.max(0, ago) * 86_400_000)
    const hand = (which: Hand) => {
      const role: Role = which === 'village' ? 'guide' : which === 'township' ? 'townshipClerk' : 'districtOfficer'
      const scope = family.village.slice(0, which === 'village' ? 12 : which === 'township' ? 9 : 6) as DivisionCode
      return which === 'village'
        ? actorOf(machine, role, guide.account, guide.name, scope)
        : actorOf(
            machine,
            role,
            newId(at(made.daysAgo).getTime()),
            which === 'township' ? '镇街经办' : '区级经办',
            scope,
          )
    }
    if (!kitchens.has(family.village))
      kitchens.set(family.village, await as(machine, hand('village'), at(30), ctx => kitchenOf(ctx, family.village)))
    const township = family.village.slice(0, 9) as DivisionCode
    if (!tutors.has(township)) {
      await as(machine, hand('township'), at(30), ctx => tutorsOf(ctx, township))
      tutors.add(township)
    }
    const { id } = await as(machine, hand('village'), at(made.daysAgo), ctx =>
      noteNeed(ctx, {
        ...edges,
        params: { householdId: family.household },
        body: {
          words: made.words,
          ...(made.item ? { item: made.item } : {}),
          origin: 'guide',
          urgent: made.urgent ?? false,
          careful: false,
        },
      }),
    )
    count++
    for (const [i, [by, step, note]] of (made.steps ?? []).entries())
      await as(machine, hand(by), at(made.daysAgo - 1 - i), ctx =>
        moveNeed(ctx, {
          ...edges,
          params: { needId: id },
          body: {
            step,
            ...(note ? { note } : {}),
            ...(step === 'screen' ? { kind: 'wish' as const } : {}),
            ...(step === 'match' ? { resource: kitchens.get(family.village) as Id } : {}),
          },
        }),
      )
  }
  const officer =
    families[0] &&
    actorOf(machine, 'districtOfficer', newId(machine.now.getTime()), '区级经办', machine.district as DivisionCode)
  if (officer) await as(machine, officer, new Date(machine.now.getTime() - 30 * 86_400_000), studentsOf)
  const waiting = officer && (await as(machine, officer, machine.now, ctx => listNeeds(ctx, inPool)))
  for (const { id } of waiting?.items ?? [])
    await as(machine, officer as NonNullable<typeof officer>, machine.now, ctx =>
      publishWish(ctx, { ...edges, params: { needId: id }, body: { words: '想要一个助听器', read: true } }),
    )
  return count
}

const inPool = {
  ...edges,
  params: {} as never,
  body: undefined as never,
  query: { show: 'open', state: 'inWishPool', limit: 1 },
} as unknown as Parameters<typeof listNeeds>[1]

async function kitchenOf(ctx: Ctx, division: DivisionCode): Promise<Id> {
  const { id } = await addResource(ctx, {
    ...edges,
    params: {} as never,
    body: {
      division,
      kind: 'organisation',
      name: '村老年食堂',
      offers: '中午送饭到家',
      items: ['S-A1'],
      places: 20,
      shown: true,
      hours: '周一至周五 10:30–12:00',
    },
  })
  return id
}

interface SeededNeed {
  readonly household: Id
  readonly village: DivisionCode
  readonly guide: { readonly account: Id; readonly name: string }
  readonly words: string
  readonly item: string
  readonly daysAgo: number
}

/** One that its village took up; or one that none of the three levels could meet. */
export async function seedNeed(machine: Ctx, made: SeededNeed, isUnmet: boolean): Promise<Id> {
  const at = (ago: number) => new Date(machine.now.getTime() - Math.max(0, ago) * 86_400_000)
  const guide = actorOf(machine, 'guide', made.guide.account, made.guide.name, made.village)
  const above = (role: 'townshipClerk' | 'operator', name: string, length: number) =>
    actorOf(machine, role, newId(at(made.daysAgo).getTime()), name, made.village.slice(0, length) as DivisionCode)
  const { id } = await as(machine, guide, at(made.daysAgo), ctx =>
    noteNeed(ctx, {
      ...edges,
      params: { householdId: made.household },
      body: { words: made.words, item: made.item, origin: 'guide', urgent: false, careful: false },
    }),
  )
  const clerk = above('townshipClerk', '镇街经办', 9)
  const hub = above('operator', '区级助联体', 6)
  const steps = [
    [guide, 'accept', {}],
    ...(isUnmet
      ? ([
          [guide, 'rise', { note: '村里没有' }],
          [clerk, 'rise', { note: '镇上也没有' }],
          [hub, 'screen', { kind: 'service' }],
        ] as const)
      : []),
  ] as const
  for (const [i, [actor, step, body]] of steps.entries())
    await as(machine, actor, at(made.daysAgo - 1 - i), ctx =>
      moveNeed(ctx, { ...edges, params: { needId: id }, body: { step, ...body } }),
    )
  return id
}

/** Fewer places than the district has needs for: it is seen who has them, before whom, and what is short. */
async function studentsOf(ctx: Ctx): Promise<void> {
  await addResource(ctx, {
    ...edges,
    params: {} as never,
    body: {
      division: ctx.district as DivisionCode,
      kind: 'organisation',
      name: '区大学生助学队（示例）',
      offers: '假期和周末到家里或视频辅导功课',
      items: ['S-D1'],
      places: 3,
      shown: false,
      hours: '周末',
    },
  })
}

/** With one place, so that of two the one who waits longer has it, and it is seen what is short. */
async function tutorsOf(ctx: Ctx, division: DivisionCode): Promise<void> {
  await addResource(ctx, {
    ...edges,
    params: {} as never,
    body: {
      division,
      kind: 'person',
      name: '镇团委助学队',
      offers: '周末到家里辅导功课',
      items: ['S-D1'],
      places: 1,
      shown: true,
      hours: '周六上午',
    },
  })
}
