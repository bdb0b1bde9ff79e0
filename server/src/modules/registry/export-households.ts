import { type Language, maskName, type Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { type Ctx } from '../../platform/ctx.ts'
import { writeTable } from '../../platform/table-file.ts'
import { exportTooLarge, type registryContract } from './contract.ts'
import { placesOf } from './divisions.ts'
import { countsWhere, foundHere, householdsWhere, type ListedHousehold, narrowed } from './list-households.ts'
import type { Trait } from './standing.ts'
import type { Circle, Tier } from './tables.ts'

const most = 250

/** The list as the screen shows it: its columns in its order, in its words, as many rows as it has pages. */
export async function exportHouseholds(
  ctx: Ctx,
  { body }: InputOf<(typeof registryContract)['POST /households/export']>,
) {
  ctx.because(body.reason)
  const found = body.q === undefined ? sql<boolean>`true` : ((await foundHere(ctx, body.q)) ?? sql<boolean>`false`)
  const where = sql<boolean>`${narrowed(ctx, body)} and ${found}`
  const { people } = await countsWhere(ctx, where)
  if (people > most) throw exportTooLarge({ people, limit: most })
  const rows = await householdsWhere(ctx, where, body.sort, undefined, most)
  const places = await placesOf(ctx)
  for (const row of rows) ctx.about({ kind: 'household', id: row.id })
  const line = lineIn(ctx.language)
  return {
    name: `households-${ctx.today}.${body.format}`,
    type:
      body.format === 'csv'
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await writeTable(body.format, heads.head[ctx.language], [
      Object.values(heads).map(head => head[ctx.language]),
      ...rows.map(row => line(row, places.get(row.division))),
    ]),
  }
}

const lineIn =
  (language: Language) =>
  (row: ListedHousehold, place: { readonly name: string; readonly township: string } | undefined) => [
    maskName(row.head ?? ''),
    `${place?.township ?? ''} ${place?.name ?? row.division}`,
    row.size,
    (row.circle === null && row.traits.includes('undecided') ? open : circleWords[row.circle ?? 4])[language],
    (row.tier ? tierWords[row.tier] : unknown)[language],
    row.classes.map(one => classWords[one][language]).join(' · '),
    row.traits.map(one => traitWords[one][language]).join(' · '),
    row.register_no ?? '',
  ]

// The words of the screen; a journey holds the two beside each other, cell by cell.
const words = (zh: string, en: string): Words => ({ zh, en })
const heads = {
  head: words('户主', 'Head'),
  place: words('镇街、村', 'Place'),
  size: words('人口', 'People'),
  circle: words('圈层', 'Circle'),
  tier: words('身份', 'Standing'),
  classes: words('类别', 'Help'),
  traits: words('家里有', 'With'),
  no: words('户编号', 'Number'),
}
const circleWords: Record<Circle | 4, Words> = {
  1: words('第一圈', 'First circle'),
  2: words('第二圈', 'Second circle'),
  3: words('第三圈', 'Third circle'),
  4: words('不在圈里', 'In no circle'),
}
const open = words('圈层未定', 'Circle open')
const unknown = words('未认定', 'not decided')
const tierWords: Record<Tier, Words> = {
  none: words('没有', 'None'),
  tekun: words('特困', 'Extreme hardship'),
  dibao: words('低保', 'Dibao'),
  dibian: words('低边', 'Dibao-marginal'),
  zhichu: words('支出型', 'Expenditure'),
}
const classWords: Record<ListedHousehold['classes'][number], Words> = {
  prevention: words('预防', 'Prevention'),
  support: words('支持', 'Support'),
  development: words('发展', 'Development'),
}
const traitWords: Record<Trait, Words> = {
  child: words('孩子', 'a child'),
  elder: words('老人', 'an elder'),
  elder80: words('80岁以上老人', 'an elder over 80'),
  alone: words('独居的人', 'somebody living alone'),
  disabled: words('残疾人', 'a disabled person'),
  severelyDisabled: words('重度残疾人', 'a severely disabled person'),
  seriousIllness: words('大病病人', 'a serious illness'),
  unemployed: words('失业的人', 'somebody out of work'),
  student: words('学生', 'a student'),
  dropoutRisk: words('缺课、辍学风险', 'absence or dropout risk'),
  dangerousHouse: words('危房', 'a dangerous house'),
  undecided: words('还没认定清楚的', 'something undecided'),
}
