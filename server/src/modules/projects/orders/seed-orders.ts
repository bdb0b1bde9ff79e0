import { addDays, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { actorOf, as, edges } from '../../../platform/act-as.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { listGuidesOf } from '../../identity/index.ts'
import { organisationsFor } from '../../organisations/index.ts'
import { getHousehold } from '../../registry/index.ts'
import { type FamilyWithNeeds, movedToProject, writeNeed } from '../../wishes/index.ts'
import { listAdults } from './adults.ts'
import { addClass, giveSeat, noteAttendance } from './classes.ts'
import { addDevice, lend } from './lending.ts'
import { moveOrder } from './move-order.ts'
import { noteOrderVisit } from './note-visit.ts'
import type { OrderStep } from './order.ts'
import { checkPlacement, notePlacement } from './placements.ts'
import { getOrder } from './read-orders.ts'
import { sendOrder } from './send-order.ts'
import { offerHelp, vetVolunteer } from './volunteers.ts'
import { noteWorkMonth } from './work-months.ts'

interface MadeUpVisit {
  readonly words: string
  readonly daysAgo: number
  /** With the code the family reads out. */
  readonly coded?: boolean
  /** How many vetted adults were there. */
  readonly adults?: number
  /** Of a session of rehabilitation. */
  readonly score?: number
}

interface MadeUpOrder {
  readonly of: number
  readonly need: string
  readonly service: string
  readonly what: string
  readonly callName: string
  readonly units: number
  /** Fen; an example. */
  readonly price: number
  readonly daysAgo: number
  readonly steps: readonly OrderStep[]
  readonly visits?: readonly MadeUpVisit[]
  /** What the service keeps besides, by who delivers and by the guide of the family. */
  readonly keeps?: (as: { provider: Keep; guide: Keep }, order: Id) => Promise<void>
}

/** Does something some days ago, as one of the two. */
type Keep = (daysAgo: number, work: (ctx: Ctx) => Promise<unknown>) => Promise<unknown>

const made: readonly MadeUpOrder[] = [
  {
    of: 0,
    need: '一个人洗澡不敢，想有人帮着洗',
    service: 'S-A2',
    what: '每周一次助浴，换洗被褥',
    callName: '陆奶奶',
    units: 8,
    price: 6_000,
    daysAgo: 12,
    steps: ['accept', 'begin'],
    visits: [
      { words: '洗了澡，换了床单', daysAgo: 9, coded: true },
      { words: '洗了澡，剪了指甲', daysAgo: 2, coded: true },
    ],
  },
  {
    of: 0,
    need: '下周去区里看眼睛，没有人陪',
    service: 'S-A3',
    what: '陪去区人民医院眼科，来回接送',
    callName: '陆奶奶',
    units: 1,
    price: 12_000,
    daysAgo: 0,
    steps: [],
  },
  {
    of: 1,
    need: '孩子放学后没有人看作业',
    service: 'S-D1',
    what: '每周两次，看作业、陪读书',
    callName: '小同学',
    units: 16,
    price: 5_000,
    daysAgo: 9,
    steps: ['accept', 'begin'],
    visits: [
      { words: '数学两课时，做完了作业', daysAgo: 6, coded: true, adults: 2 },
      { words: '另一位老师没有来，一个人陪了一个小时', daysAgo: 3, adults: 1 },
    ],
  },
  {
    of: 1,
    need: '想学电焊，学完能上班',
    service: 'S-C2',
    what: '订单式电焊班，十天',
    callName: '盛师傅',
    units: 10,
    price: 15_000,
    daysAgo: 14,
    steps: ['accept', 'begin'],
    keeps: async ({ provider }, order) => {
      await provider(13, async ctx => {
        const { today } = ctx
        const days = { fromOn: today, untilOn: addDays(today, 40), days: 10, places: 20 }
        const { id } = await addClass(ctx, { ...edges, params: {} as never, body: { name: '电焊班（示例）', ...days } })
        const params = { classId: id }
        await giveSeat(ctx, { ...edges, params, body: { order } })
        await noteAttendance(ctx, { ...edges, params, body: { on: today, came: [order], hours: 6, adults: [] } })
      })
    },
  },
  {
    of: 2,
    need: '厂子关了，想在镇上找个活',
    service: 'S-C3',
    what: '推荐岗位，跟到满三个月',
    callName: '许师傅',
    units: 1,
    price: 40_000,
    daysAgo: 50,
    steps: ['accept', 'begin'],
    keeps: async ({ provider, guide }, order) => {
      const params = { orderId: order }
      const job = { employer: '示例制衣厂', job: '缝纫工' }
      await provider(45, ctx => notePlacement(ctx, { ...edges, params, body: { ...job, beganOn: ctx.today } }))
      await guide(10, ctx => checkPlacement(ctx, { ...edges, params, body: { kept: true } }))
    },
  },
  {
    of: 2,
    need: '手脚不便，想有点家里能做的活',
    service: 'S-C4',
    what: '在残疾人之家套笔帽，按件算工钱',
    callName: '许师傅',
    units: 6,
    price: 60_000,
    daysAgo: 70,
    steps: ['accept', 'begin'],
    keeps: async ({ provider }, order) => {
      for (const [ago, days, pieces] of [
        [62, 12, 1_800],
        [28, 20, 3_100],
      ] as const)
        await provider(ago, ctx => {
          const month = { month: ctx.today.slice(0, 7), days, hours: days * 5, pieces, payFen: pieces * 20 }
          const paid = ago > 40 ? { paidOn: ctx.today } : {}
          return noteWorkMonth(ctx, { ...edges, params: { orderId: order }, body: { ...month, ...paid } })
        })
    },
  },
  {
    of: 2,
    need: '摔了以后走路不稳，想借助行器，练练腿',
    service: 'S-C1',
    what: '借助行器，每周一次康复训练',
    callName: '许师傅',
    units: 8,
    price: 9_000,
    daysAgo: 34,
    steps: ['accept', 'begin'],
    visits: [
      { words: '第一次训练，能扶着站', daysAgo: 30, coded: true, score: 45 },
      { words: '扶着能走十步', daysAgo: 9, coded: true, score: 60 },
    ],
    keeps: async ({ provider }, order) => {
      await provider(30, async ctx => {
        const body = { name: '助行器（示例）', mark: 'ZX-01' }
        const { id } = await addDevice(ctx, { ...edges, params: {} as never, body })
        const params = { deviceId: id }
        await lend(ctx, { ...edges, params, body: { order, dueOn: addDays(ctx.today, 90) } })
      })
    },
  },
]

/** Orders of the made-up district, to be taken on, under way and to be looked at, by the same use cases as a browser. */
export async function seedOrders(machine: Ctx, families: readonly FamilyWithNeeds[]): Promise<number> {
  let count = 0
  for (const order of made) {
    const family = families[order.of]
    const guide = family && (await listGuidesOf(machine, family.village))[0]
    const [provider] = family
      ? await organisationsFor(machine, { service: order.service, division: family.village })
      : []
    if (!guide || !provider) continue
    const at = (ago: number) => new Date(machine.now.getTime() - ago * 86_400_000)
    const guideThere = actorOf(machine, 'guide', guide.account, guide.name, family.village)
    const worker = actorOf(machine, 'provider', newId(at(order.daysAgo).getTime()), '王芳', undefined, provider.id)
    const id = await as(machine, guideThere, at(order.daysAgo), ctx => send(ctx, family, provider.id, order))
    for (const step of order.steps)
      await as(machine, worker, at(order.daysAgo - 1), ctx =>
        moveOrder(ctx, { ...edges, params: { orderId: id }, body: { step } }),
      )
    const adults = order.visits?.some(v => v.adults)
      ? await volunteersOf(machine, worker, provider.id, at(order.daysAgo))
      : []
    for (const visit of order.visits ?? []) await note(machine, { guide: guideThere, worker }, id, visit, adults)
    await order.keeps?.(
      {
        provider: (ago, work) => as(machine, worker, at(ago), work),
        guide: (ago, work) => as(machine, guideThere, at(ago), work),
      },
      id,
    )
    count++
  }
  return count
}

async function send(ctx: Ctx, family: FamilyWithNeeds, provider: Id, order: MadeUpOrder): Promise<Id> {
  const household = await getHousehold(ctx, family.household)
  const need = await writeNeed(ctx, household, { words: order.need, item: order.service, origin: 'guide' })
  await movedToProject(ctx, need.id, 'accept', '村里受理')
  await movedToProject(ctx, need.id, 'match', '机构有空')
  const sent = await sendOrder(ctx, {
    ...edges,
    params: { needId: need.id },
    body: {
      provider,
      plannedUnits: order.units,
      unitPrice: order.price,
      startBy: addDays(ctx.today, 3),
      dueBy: addDays(ctx.today, 150),
      what: order.what,
      callName: order.callName,
      reach: '先打村里电话（示例）',
      agreed: true,
    },
  })
  return sent.id
}

/** Three offer to help; two of them are vetted, and one of those was helped once, by her own word. */
async function volunteersOf(machine: Ctx, worker: Actor, provider: Id, at: Date): Promise<Id[]> {
  const hub = actorOf(machine, 'operator', newId(at.getTime()), '区级运营方', machine.district as DivisionCode)
  const offered = [
    { name: '周老师（示例）', calling: 'retired', helped: false },
    { name: '阮同学（示例）', calling: 'student', helped: true },
    { name: '俞同学（示例）', calling: 'student' },
  ] as const
  const ids: Id[] = []
  for (const body of offered) {
    const one = await as(machine, worker, at, ctx =>
      offerHelp(ctx, { ...edges, params: {} as never, body: { ...body, agreed: true } }),
    )
    ids.push(one.id)
  }
  return await as(machine, hub, at, async ctx => {
    for (const volunteerId of ids.slice(0, 2))
      await vetVolunteer(ctx, {
        ...edges,
        params: { volunteerId },
        body: { vettedOn: ctx.today, validUntil: addDays(ctx.today, 365) },
      })
    const { items } = await listAdults(ctx, {
      ...edges,
      params: {} as never,
      body: undefined as never,
      query: { provider, limit: 100 },
    })
    return items.map(adult => adult.id)
  })
}

async function note(
  machine: Ctx,
  { guide, worker }: { readonly guide: Actor; readonly worker: Actor },
  order: Id,
  visit: MadeUpVisit,
  adults: readonly Id[],
): Promise<void> {
  const at = new Date(machine.now.getTime() - visit.daysAgo * 86_400_000)
  const params = { orderId: order }
  const { code } = await as(machine, guide, at, ctx => getOrder(ctx, { ...edges, params, body: undefined as never }))
  const there = adults.slice(0, visit.adults ?? 0)
  await as(machine, worker, at, ctx =>
    noteOrderVisit(ctx, {
      ...edges,
      params,
      body: {
        units: 1,
        words: visit.words,
        adults: there,
        happened: visit.adults === 1,
        ...(visit.coded && code ? { code } : {}),
        ...(visit.score === undefined ? {} : { score: visit.score }),
      },
    }),
  )
}
