import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { type MadeUpTalk, talkThrough } from '../guidance/index.ts'
import { type Colleague, listGuidesOf } from '../identity/index.ts'
import { currentPool } from '../pools/index.ts'
import type { Outcome, State } from './case.ts'
import { handIn, takeBack } from './hand-in.ts'
import { acceptCase, closeCase, fileApplication, handOver, noteContact, noteVisit } from './move-case.ts'
import { outreach } from './kept-case.ts'
import { actorOf, as } from '../../platform/act-as.ts'

/** What was made: how many results, and how many cases by state. */
export interface SeededCases {
  readonly screenings: number
  readonly cases: Readonly<Partial<Record<State, number>>>
}

const edges: RequestEdges = { ifMatch: undefined } as RequestEdges
const empty = { query: {} }

/** Made-up families: who they are and what they say. */
const families: readonly Omit<MadeUpTalk, 'village' | 'agrees'>[] = [
  {
    members: [{ callName: '老人家', age: 76, sex: 'female', self: true }],
    says: {
      'household.hukouDivisionCode': '330111109203',
      'household.meansTestConsent': true,
      'household.housingCount': 1,
      'person.incomeKinds': ['pension'],
      'person.pensionMonthly': 300,
      'person.obligorCount': 2,
    },
  },
  {
    members: [
      { callName: '孩子爸', age: 43, sex: 'male', self: true, relation: '02' },
      { callName: '小禾', age: 14, sex: 'female', relation: '30' },
      { callName: '外婆', age: 71, sex: 'female', relation: '52' },
    ],
    says: {
      'household.hukouDivisionCode': '330111109203',
      'household.meansTestConsent': true,
      'household.housingCount': 1,
      'person.employmentStatus': 'unemployed',
      'person.incomeKinds': [],
      'person.studentStage': 'junior',
      'person.disabilityKind': 'physical',
      'person.disabilityLevel': 2,
    },
    of: { 'person.hasDisabilityCertificate': ['外婆'] },
  },
  {
    members: [
      { callName: '大姐', age: 52, sex: 'female', self: true, relation: '02' },
      { callName: '老伴', age: 55, sex: 'male', relation: '11' },
    ],
    says: {
      'household.hukouDivisionCode': '330111109203',
      'household.certifiedTier': 'dibian',
      'household.meansTestConsent': true,
      'person.employmentStatus': 'farming',
      'household.medicalSelfPaid12m': 46000,
    },
    of: { 'person.seriousIllness': ['老伴'] },
  },
  {
    members: [{ callName: '小伙', age: 35, sex: 'male', self: true }],
    says: {
      'household.hukouDivisionCode': '330111109203',
      'person.employmentStatus': 'employed',
      'person.incomeKinds': ['wage'],
      'person.wageMonthly': 5200,
      'household.housingCount': 1,
    },
  },
]

const names = [
  '陆桂香',
  '俞建国',
  '何美珍',
  '方小兰',
  '章水根',
  '孙凤仙',
  '蒋阿毛',
  '裘玉琴',
  '盛根法',
  '羊月英',
  '骆财兴',
  '徐爱娟',
]

/** How far each goes; the days are how long ago it came in. */
const ways: readonly { readonly to: State | 'noConsent'; readonly daysAgo: number; readonly outcome?: Outcome }[] = [
  { to: 'new', daysAgo: 0 },
  { to: 'new', daysAgo: 4 },
  { to: 'accepted', daysAgo: 1 },
  { to: 'accepted', daysAgo: 9 },
  { to: 'contacted', daysAgo: 3 },
  { to: 'visited', daysAgo: 6 },
  { to: 'filed', daysAgo: 12 },
  { to: 'handedOver', daysAgo: 2 },
  { to: 'closed', daysAgo: 28, outcome: 'granted' },
  { to: 'closed', daysAgo: 25, outcome: 'helpedOtherwise' },
  { to: 'withdrawn', daysAgo: 5 },
  { to: 'noConsent', daysAgo: 1 },
]

/**
 * A few dozen made-up interviews and cases in every state, on the villages given that have a guide, by the same use cases
 * as a browser. Runs as the machine's account; times lie in the past, so some are late and some are due.
 * @param villages twelve digits each; used in turn
 * @param count how many interviews
 * @param registered families whose requests stand on their page in the registry too
 */
export async function seedCases(
  ctx: Ctx,
  villages: readonly string[],
  count = 48,
  registered: readonly RegisteredFamily[] = [],
): Promise<SeededCases> {
  const cases: Partial<Record<State, number>> = {}
  const staffed: { village: DivisionCode; guides: Colleague[] }[] = []
  for (const village of villages) {
    const guides = await listGuidesOf(ctx, village as DivisionCode)
    if (guides.length > 0) staffed.push({ village: village as DivisionCode, guides })
  }
  if (staffed.length === 0) return { screenings: 0, cases }
  for (let i = 0; i < count; i++) {
    const { village, guides } = staffed[i % staffed.length] as (typeof staffed)[number]
    const round = Math.floor(i / ways.length)
    const way = ways[(i + round) % ways.length] as (typeof ways)[number]
    const family = families[(i + round) % families.length] as (typeof families)[number]
    const name = names[(i * 7 + round * 3) % names.length] as string
    const reached = await seedOne(ctx, {
      village,
      guide: guides[i % guides.length] as Colleague,
      family,
      name,
      household: registered.find(r => r.village === village && r.name === name)?.household,
      way,
    })
    if (reached) cases[reached] = (cases[reached] ?? 0) + 1
  }
  return { screenings: count, cases }
}

/** Two who say something that a trained person must hear first; neither hands anything in. */
export async function seedProtected(ctx: Ctx, village: DivisionCode): Promise<void> {
  const hukou = { 'household.hukouDivisionCode': village }
  const talks: readonly Pick<MadeUpTalk, 'members' | 'says'>[] = [
    {
      members: [
        { callName: '阿芳', age: 34, sex: 'female', self: true, relation: '12' },
        { callName: '他', age: 37, sex: 'male', relation: '02' },
      ],
      says: { ...hukou, 'household.events12m': [{ kind: 'violence' }] },
    },
    {
      members: [{ callName: '老周', age: 58, sex: 'male', self: true }],
      says: { ...hukou, 'household.events12m': [{ kind: 'violence' }], 'household.housingCount': 0 },
    },
  ]
  for (const [i, talk] of talks.entries()) {
    const now = new Date(ctx.now.getTime() - (i * 26 + 3) * 3_600_000)
    const resident = actorOf(ctx, 'resident', newId(now.getTime()), '', undefined)
    await as(ctx, resident, now, async inner => await talkThrough(inner, { ...talk, village, agrees: false }))
  }
}

/** Somebody of the registry who asks. */
export interface RegisteredFamily {
  readonly name: string
  readonly village: string
  readonly household: Id
}

interface Seeding {
  readonly village: DivisionCode
  readonly guide: Colleague
  readonly family: (typeof families)[number]
  readonly name: string
  readonly household: Id | undefined
  readonly way: (typeof ways)[number]
}

async function seedOne(
  machine: Ctx,
  { village, guide, family, name, household, way }: Seeding,
): Promise<State | undefined> {
  const day = (ago: number) => new Date(machine.now.getTime() - ago * 86_400_000)
  const account = newId(day(way.daysAgo).getTime())
  const resident = { ...actorOf(machine, 'resident', account, '', undefined), household }
  const worker = actorOf(machine, 'guide', guide.account, guide.name, guide.scope)
  const came = await as(machine, resident, day(way.daysAgo), async ctx => {
    const screening = await talkThrough(ctx, { ...family, village, agrees: way.to !== 'noConsent' })
    if (way.to === 'noConsent') return undefined
    return await handIn(ctx, {
      params: { screeningId: screening },
      query: {},
      // No number within an area begins with 0.
      body: { name, phone: '0571-00000000', village },
    })
  })
  if (!came) return undefined
  const params = { caseId: came.case }
  const to = way.to as State
  const step = (ago: number, work: (ctx: Ctx) => Promise<unknown>) => as(machine, worker, day(Math.max(0, ago)), work)
  if (to === 'withdrawn') {
    await as(machine, resident, day(way.daysAgo), ctx =>
      takeBack(ctx, { params: { submissionId: came.id }, ...empty, body: undefined }),
    )
    return to
  }
  if (to === 'new') return to
  await step(way.daysAgo - 0.2, ctx => acceptCase(ctx, { ...edges, params, ...empty, body: {} }))
  if (to === 'handedOver') {
    await step(way.daysAgo - 1, ctx =>
      handOver(ctx, { ...edges, params, ...empty, body: { to: 'township', reason: '收入不好核，请镇里看看' } }),
    )
    return to
  }
  if (to === 'accepted') return to
  await step(way.daysAgo - 1, ctx =>
    noteContact(ctx, { ...edges, params, ...empty, body: { how: 'phone', note: '约好了上门' } }),
  )
  if (to === 'contacted') return to
  await step(way.daysAgo - 2, ctx =>
    noteVisit(ctx, { ...edges, params, ...empty, body: { on: ctx.today, note: '看了房子和证件，情况属实' } }),
  )
  if (to === 'visited') return to
  await step(way.daysAgo - 3, ctx => fileFirst(ctx, came.case))
  if (to === 'filed') return to
  await step(way.daysAgo - 20, ctx =>
    closeCase(ctx, { ...edges, params, ...empty, body: { outcome: way.outcome ?? 'granted', note: '已告诉家里' } }),
  )
  return to
}

/** Files the first policy the family wants, every paper seen. */
async function fileFirst(ctx: Ctx, caseId: Id): Promise<void> {
  const loaded = await currentPool(ctx)
  const { wants } = await outreach(ctx)
    .selectFrom('outreach.case')
    .select('wants')
    .where('district', '=', ctx.district)
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  const policy = wants.map(id => loaded.policy(id)).find(p => p !== undefined) ?? loaded.policy('P01')
  if (!policy) return
  await fileApplication(ctx, {
    ...edges,
    params: { caseId },
    query: {},
    body: {
      policy: policy.id,
      person: null,
      filedAt: '镇便民服务中心救助窗口',
      papers: policy.materials.map(m => ({ paper: m.zh, state: 'seen' as const })),
    },
  })
}
