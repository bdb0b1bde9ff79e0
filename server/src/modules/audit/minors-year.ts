import { addDays, type Day, day } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { hiddenTotal } from '../../platform/hide-small.ts'
import { minorsInYear } from '../registry/index.ts'
import { type auditContract, yearToCome } from './contract.ts'
import { startOf } from './list-entries.ts'

/**
 * 未成年人个人信息年度审计: what whoever holds records of children has to account for once a year, in sums.
 * @source 未成年人网络保护条例 36–37
 */
export async function readMinorsYear(ctx: Ctx, { query }: InputOf<(typeof auditContract)['GET /audit/minors']>) {
  const thisYear = Number(ctx.today.slice(0, 4))
  const year = query.year ?? thisYear
  if (year > thisYear) throw yearToCome()
  const [first, next] = [day(`${year}-01-01`), day(`${year + 1}-01-01`)]
  const isOver = next <= ctx.today
  const lastOn: Day = isOver ? addDays(next, -1) : ctx.today
  const span = { from: startOf(first), until: startOf(addDays(lastOn, 1)) }
  const held = await minorsInYear(ctx, { ...span, lastOn })
  const { rows } = await asMachine(ctx, machine =>
    sql<{ role: string | null; n: number }>`
      select case when outcome = 'done' then role end as role, count(distinct request_id)::int as n
      from audit.entry
      where district = ${ctx.district} and at >= ${span.from} and at < ${span.until}
        and ((outcome = 'done' and subject_kind = 'household' and subject_id = any(${held.households}::uuid[]))
          or (outcome = 'refused' and refusal = 'registry.minorClosed'))
      group by 1 order by 2 desc`.execute(machine.transaction),
  )
  return {
    year,
    lastOn,
    isOver,
    children: hiddenTotal(held.children),
    ages: [...held.ages],
    households: hiddenTotal(held.households.length),
    statements: [...held.statements],
    grants: held.grants,
    openings: rows.flatMap(({ role, n }) => (role === null ? [] : [{ role, n }])),
    refused: rows.find(row => row.role === null)?.n ?? 0,
  }
}
