import { addDays, addMonths, type Day, type DivisionCode, type Id } from '@zhulian/kernel'
import { actorOf, as, edges } from '../../platform/act-as.ts'
import type { Actor, Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { listGuidesOf } from '../identity/index.ts'
import { currentPool } from '../pools/index.ts'
import { movedToProject, seedNeed } from '../wishes/index.ts'
import { checkCard } from './check-card.ts'
import { type DemoProject, demoProjects } from './demo-projects.ts'
import { beginProject, type Charter } from './draft-project.ts'
import { checkRules } from './eligibility.ts'
import { enrol } from './enrol.ts'
import { stepProject } from './move-project.ts'
import type { ProjectState, ProjectStep } from './project.ts'
import { worksIn } from './places.ts'
import { seedSpending } from './seed-spending.ts'

/** Whom the made-up projects are by: the hub asks, one officer approves and signs, another settles. */
export interface ProjectPeople {
  readonly operator: Id
  readonly officer: Id
}

/** A family of the made-up district whom a service is meant for. */
export interface Suited {
  readonly service: string
  readonly household: Id
  readonly village: DivisionCode
}

/** 38 projects in every state, by the same use cases as a browser, each step a day after the other. */
export async function seedProjects(
  machine: Ctx,
  people: ProjectPeople,
  suited: readonly Suited[],
): Promise<readonly Id[]> {
  const made = await demoProjects()
  const rules = await rulesOf(machine, made)
  await checkRules(
    machine,
    rules.flatMap(rule => rule ?? []),
  )
  const running: { readonly id: Id; readonly project: DemoProject }[] = []
  const ids: Id[] = []
  for (const [i, project] of made.entries()) {
    const id = await seedProject(machine, people, project, rules[i])
    ids.push(id)
    if (project.state === 'running') running.push({ id, project })
  }
  await seedPlaces(machine, running, suited)
  return ids
}

const rulesOf = async (ctx: Ctx, made: readonly DemoProject[]): Promise<(string | undefined)[]> => {
  const pool = await currentPool(ctx)
  return made.map(({ rule, items }) =>
    rule === 'own' ? pool.service(items[0]?.service ?? '')?.condition.trim() : rule,
  )
}

const path: readonly (readonly [ProjectState, readonly (readonly ['operator' | 'officer', ProjectStep])[]])[] = [
  [
    'callOpen',
    [
      ['operator', 'askBudget'],
      ['officer', 'approveBudget'],
      ['operator', 'openCall'],
    ],
  ],
  [
    'contracted',
    [
      ['operator', 'name'],
      ['officer', 'sign'],
    ],
  ],
  ['running', [['operator', 'start']]],
  ['ended', [['operator', 'end']]],
  ['evaluated', [['operator', 'evaluate']]],
  ['settled', [['officer', 'settle']]],
]

/** What came to its end did so not long ago, so that it is not late in the days of the demonstration. */
const lately: Readonly<Partial<Record<ProjectStep, number>>> = { end: -12, evaluate: -8, settle: -4 }

async function seedProject(
  machine: Ctx,
  people: ProjectPeople,
  made: DemoProject,
  rule: string | undefined,
): Promise<Id> {
  const { today } = machine
  const from = made.began === 0 ? addDays(today, 30) : (`${addMonths(today, -made.began).slice(0, 7)}-01` as Day)
  const until = addDays(addMonths(from, made.months), -1)
  const charter = await charterOf(machine, made, rule, from, until)
  const amountFen = charter.items.reduce((sum, item) => sum + item.units * item.unitFen, 0)
  const hand = (who: 'operator' | 'officer') => {
    const [role, name]: [Role, string] = who === 'operator' ? ['operator', '骆静怡'] : ['districtOfficer', '方永明']
    return actorOf(machine, role, people[who], name, machine.district as DivisionCode)
  }
  // Begun early enough that every step has a day of its own before it runs.
  let day = made.began === 0 ? addDays(today, -14) : addDays(from, -20)
  const { id, number } = await as(machine, hand('operator'), at(day), ctx =>
    beginProject(ctx, charter, { provenance: made.provenance, madeUp: true }),
  )
  // Of the two drafts the larger waits for its money.
  if (made.state === 'draft' && made.brand === 'study')
    await as(machine, hand('operator'), at(addDays(day, 1)), ctx =>
      stepProject(ctx, id, { step: 'askBudget', amountFen, fund: made.fund }),
    )
  const steps = made.state === 'draft' ? [] : path.slice(0, path.findIndex(([state]) => state === made.state) + 1)
  for (const [who, step] of steps.flatMap(([, taken]) => taken)) {
    if (step === 'openCall' && made.state !== 'callOpen') continue
    day =
      step === 'start'
        ? from
        : addDays(...(lately[step] === undefined ? ([day, 2] as const) : ([today, lately[step]] as const)))
    await as(machine, hand(who), at(day < today ? day : today), ctx =>
      stepProject(ctx, id, { step, ...given(machine, made, step, amountFen) }),
    )
    if (step === (made.state === 'callOpen' ? 'openCall' : 'sign') && made.state !== 'settled')
      await seedCard(machine, hand('operator'), id, charter)
    if (step === 'start')
      await seedSpending(machine, hand('operator'), hand('officer'), {
        id,
        number,
        from,
        until: [addDays(today, -13), until].toSorted()[0] as Day,
        months: made.months,
        amountFen,
        waits: made.state === 'running' && made.brand === 'disability',
      })
  }
  return id
}

/** Read by the hub before its code hangs anywhere. */
const seedCard = (
  machine: Ctx,
  actor: Actor,
  projectId: Id,
  { name, whatIsDone, forWhom, limits }: Pick<Charter, 'name' | 'whatIsDone' | 'forWhom' | 'limits'>,
) =>
  as(machine, actor, machine.now, ctx =>
    checkCard(ctx, {
      ...edges,
      params: { projectId },
      body: { name, whatIsDone, forWhom, limits, read: true, expectedVersion: 0 },
    }),
  )

function given({ today }: Ctx, made: DemoProject, step: ProjectStep, amountFen: number) {
  if (step === 'askBudget') return { amountFen, fund: made.fund }
  if (step === 'openCall') return { until: addDays(today, 12) }
  if (step === 'sign') return { note: '合同已签（示例）' }
  if (step === 'end') return { note: '到期，每户都已安排好' }
  if (step === 'evaluate') return { note: '满意度、协同度、效能度均为良好（示例）' }
  if (step === 'settle') return { note: '按合同结算（示例）' }
  if (step !== 'name') return {}
  const { name = '', number } = made.organisation ?? {}
  return { organisation: { name, ...(number === undefined ? {} : { id: organisationNumbered(number) }) } }
}

/** As the made-up organisations are numbered. */
const organisationNumbered = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}` as Id

async function charterOf(ctx: Ctx, made: DemoProject, rule: string | undefined, fromOn: Day, untilOn: Day) {
  const pool = await currentPool(ctx)
  return {
    name: made.name,
    brand: made.brand,
    purpose: made.purpose,
    whatIsDone: made.what,
    forWhom: made.for,
    limits: made.limits,
    safeguarding: made.safeguarding,
    items: made.items.map(({ service, units, yuan }) => ({
      service,
      units: units * made.places,
      unitFen: Math.round((yuan ?? pool.service(service)?.price?.amount ?? 0) * 100),
    })),
    places: made.places,
    area: made.area as Charter['area'],
    ...(rule === undefined ? {} : { eligibility: rule }),
    indicators: made.indicators,
    fromOn,
    untilOn,
  } satisfies Charter
}

const at = (day: Day) => new Date(`${day}T10:00:00+08:00`)

const words: Readonly<Record<string, string>> = {
  'S-A1': '腿脚不好，中午做不动饭',
  'S-A2': '洗澡不方便，想有人上门帮忙',
  'S-A3': '去县里看病，想有人陪着',
  'S-A4': '浴室地滑，想装扶手',
  'S-A5': '放学以后孩子没人看',
  'S-B1': '一个人住，想有人常来说说话',
  'S-B4': '家里人在外地，想过节能见上一面',
  'S-C1': '想借轮椅，也想做康复训练',
  'S-C2': '想学一门手艺，学完有活干',
  'S-C3': '想找份家门口的工作',
  'S-C4': '出不了远门，在家能做点活',
  'S-D1': '孩子学习跟不上，想有人辅导',
  'S-D2': '想多出门，和大家一起做点事',
  'S-D4': '受过帮助，也想出一份力',
}

/** At most so many families of the made-up district in one project, and without one. */
const [mostIn, mostUnmet] = [2, 6]

/** Families in places; and where no project is, the same need of several that nobody met. */
async function seedPlaces(
  machine: Ctx,
  running: readonly { readonly id: Id; readonly project: DemoProject }[],
  suited: readonly Suited[],
): Promise<void> {
  const placed = new Map<Id, number>()
  let unmet = 0
  for (const [i, { service, household, village }] of suited.entries()) {
    const said = words[service]
    if (said === undefined) continue
    const [there] = running
      .filter(({ project }) => project.items[0]?.service === service && worksIn(project.area, village))
      .toSorted((a, b) => (placed.get(a.id) ?? 0) - (placed.get(b.id) ?? 0))
    const isUnmet = there === undefined
    if (isUnmet ? service !== 'S-D1' || unmet >= mostUnmet : (placed.get(there.id) ?? 0) >= mostIn) continue
    const guide = (await listGuidesOf(machine, village))[0]
    if (!guide) continue
    const daysAgo = 6 + (i % 20)
    const need = { household, village, guide, words: said, item: service, daysAgo }
    const id = await seedNeed(machine, need, isUnmet)
    if (isUnmet) {
      unmet++
      continue
    }
    const before = placed.get(there.id) ?? 0
    placed.set(there.id, before + 1)
    const actor = actorOf(machine, 'guide', guide.account, guide.name, village)
    const ago = (days: number) => new Date(machine.now.getTime() - days * 86_400_000)
    await as(machine, actor, ago(daysAgo - 2), ctx => enrol(ctx, there.id, id))
    // Of the two in a project one has been helped.
    if (before === 0) continue
    const began = daysAgo - 3 - (i % 2)
    for (const [step, days, note] of [
      ['assign', daysAgo - 3, there.project.organisation?.name ?? there.project.name],
      ['start', began, '开始了'],
      ['deliver', began - 1, '做完了'],
      ['confirm', began - 1, '问过家里，帮上了'],
    ] as const)
      await as(machine, actor, ago(days), ctx => movedToProject(ctx, id, step, note))
  }
}
