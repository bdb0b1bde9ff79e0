import { addDays, addMonths, daysBetween, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { movedToProject, type NeedForProject, needsTogether } from '../wishes/index.ts'
import { type projectsContract, serviceUnknown, tooFewNeeds } from './contract.ts'
import { beginProject, type Charter } from './draft-project.ts'
import { judgeFor } from './eligibility.ts'
import { rowOf, write } from './enrol.ts'
import { fundsOf, sizesOf } from './funds.ts'
import { freePlaces, worksIn } from './places.ts'
import { serviceOf, wholeProject } from './read-projects.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>

/** What a project for a need of many families would be. */
export async function proposeDesign(ctx: Ctx, { query }: Input<'GET /projects/design'>) {
  const { needs, ...design } = await designFor(ctx, query.item)
  const there = (area: readonly string[]) => needs.some(need => worksIn(area, need.division))
  const running = (await freePlaces(ctx, { service: query.item })).filter(project => there(project.area))
  return {
    ...design,
    needs: needs.length,
    running: running.slice(0, 5).map(({ id, name, free }) => ({ id, name, free })),
  }
}

/**
 * Begins a draft as large as the need is, and moves the needs into it by their own step; the draft remembers them, and they are the first
 * on its list when it runs.
 * @throws serviceUnknown, tooFewNeeds
 */
export async function designProject(ctx: Ctx, { body }: Input<'POST /projects/design'>) {
  const design = await designFor(ctx, body.item)
  const pool = await currentPool(ctx)
  const { name, outcome } = pool.service(body.item) ?? { name: { zh: body.item }, outcome: undefined }
  const from = addDays(ctx.today, 30)
  const charter: Charter = {
    name: body.name,
    brand: design.brand,
    purpose: `${design.households}户家庭都需要${name.zh}，各级都没有办法满足，所以一起办。`,
    whatIsDone: `${name.zh}，每个名额约${design.units / design.places}个服务单位（示例）。`,
    forWhom: `有这项需要的家庭，先是提出需要的这${design.households}户。`,
    limits: '不替代政策救助，不向受助家庭收费。',
    safeguarding: '上门要两人同行或有家人在场；涉及儿童的，人员先审查，不得单独相处。',
    items: [{ service: body.item, units: design.units, unitFen: design.unitFen }],
    places: design.places,
    area: design.townships.map(place => place.code) as Charter['area'],
    eligibility: design.eligibility ?? undefined,
    indicators: [
      {
        words: outcome?.zh ?? '需要得到满足的家庭',
        target: design.places,
        unit: '户',
        measured: '服务记录和电话回访',
      },
    ],
    fromOn: from,
    untilOn: addMonths(from, 6),
  }
  const row = await beginProject(ctx, charter, { designedItem: body.item, provenance: ['I'] })
  for (const need of design.needs) await takeIn(ctx, row, need)
  return await wholeProject(ctx, row)
}

async function takeIn(ctx: Ctx, row: Awaited<ReturnType<typeof beginProject>>, need: NeedForProject): Promise<void> {
  const note = `做成项目 ${row.number} ${row.name}`
  // What is only sorted goes into the pool first, as every need that becomes a project does.
  if (need.state === 'screened') await movedToProject(ctx, need.id, 'pool', note)
  await movedToProject(ctx, need.id, 'design', note)
  const whose = { household: need.household, person: need.person ?? undefined }
  const verdict = (await judgeFor(ctx, [row], whose)).get(row.id)?.verdict ?? 'noRule'
  await write(ctx, {
    ...(await rowOf(ctx, row, need, newId(ctx.now.getTime()), verdict)),
    state: 'designed',
  })
}

async function designFor(ctx: Ctx, item: string) {
  const pool = await currentPool(ctx)
  const service = pool.service(item)
  if (service?.id !== item) throw serviceUnknown({ service: item })
  const [sizes, funds, places] = [await sizesOf(), await fundsOf(), await placesOf(ctx)]
  const { needs, beyond } = await needsTogether(ctx, item)
  const households = new Set(needs.map(need => need.household)).size
  if (households < sizes.least) throw tooFewNeeds({ least: sizes.least })
  const size = sizes.services[item] ?? { units: 1, brand: 'hardship' as const }
  const unitFen = Math.round((service.price?.amount ?? 0) * 100)
  const units = size.units * needs.length
  const byTownship = Map.groupBy(needs, need => need.division.slice(0, 9))
  const waited = needs.map(need => daysBetween(need.toldOn, ctx.today)).toSorted((a, b) => a - b)
  const fund = funds.find(one => one.purpose === size.brand)
  return {
    service: serviceOf(pool, item),
    needs,
    beyond,
    households,
    townships: [...byTownship]
      .map(([code, there]) => ({
        code,
        name: places.get(code)?.name ?? code,
        households: new Set(there.map(need => need.household)).size,
      }))
      .toSorted((a, b) => b.households - a.households || (a.code < b.code ? -1 : 1)),
    days: waited[Math.floor(waited.length / 2)] ?? 0,
    places: needs.length,
    units,
    unit: service.unitOfService ?? { zh: '次', en: 'unit' },
    unitFen,
    costFen: units * unitFen,
    brand: size.brand,
    fund: fund ? { id: fund.id, name: fund.name, kind: fund.kind } : null,
    eligibility: service.condition.trim() || null,
  }
}
