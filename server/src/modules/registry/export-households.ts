import { maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx } from '../../platform/ctx.ts'
import { writeTable } from '../../platform/table-file.ts'
import { exportTooLarge, type registryContract } from './contract.ts'
import { placesOf } from './divisions.ts'
import { countsWhere, householdsWhere, narrowed } from './list-households.ts'
import type { Tier } from './tables.ts'

const most = 250

const tierWords: Record<Tier, string> = { none: '无', tekun: '特困', dibao: '低保', dibian: '低边', zhichu: '支出型' }
const classWords: Record<string, string> = { prevention: '预防', support: '支持', development: '发展' }
const header = ['户编号', '镇街', '村（社区）', '户主', '人口', '类别', '圈层', '帮扶类型', '更新日期']

export async function exportHouseholds(
  ctx: Ctx,
  { query }: InputOf<(typeof registryContract)['GET /households/export']>,
) {
  ctx.because(query.reason)
  const where = narrowed(ctx, query)
  const { people } = await countsWhere(ctx, where)
  if (people > most) throw exportTooLarge({ people, limit: most })
  const rows = await householdsWhere(ctx, where, query.sort, undefined, most)
  const places = await placesOf(ctx)
  for (const row of rows) ctx.about({ kind: 'household', id: row.id })
  const lines = rows.map(row => {
    const place = places.get(row.division)
    const classes = row.classes.map(c => classWords[c]).join('、')
    return [
      row.register_no,
      place?.township,
      place?.name,
      maskName(row.head ?? ''),
      row.size,
      row.tier ? tierWords[row.tier] : '',
      row.circle ? `第${'一二三'[row.circle - 1]}圈` : '',
      classes,
      row.changed_at.toISOString().slice(0, 10),
    ]
  })
  return {
    name: `households-${ctx.today}.${query.format}`,
    type:
      query.format === 'csv'
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await writeTable(query.format, '家庭', [header, ...lines]),
  }
}
