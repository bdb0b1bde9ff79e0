import { maskName } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, isExample, type LoadedPool, versionOn } from '../pools/index.ts'
import { briefsOf, placesOf } from '../registry/index.ts'
import type { entitlementsContract } from './contract.ts'
import { outcomeWords, stateWords } from './finding.ts'
import type { FindingRow } from './tables.ts'

export type Line = AnswerOf<(typeof entitlementsContract)['POST /entitlements/findings/:findingId/take']>

export const named = (pool: LoadedPool, id: string) => ({ id, name: pool.policy(id)?.name ?? { zh: id, en: id } })

/** Whether what a policy gives rests on an illustrative figure. */
export function isExampleOf(pool: LoadedPool, id: string, ctx: Pick<Ctx, 'today'>): boolean {
  const policy = pool.policy(id)
  const version = policy && versionOn(policy, ctx.today)
  return isExample(version?.provenance) || isExample(version?.benefit.provenance)
}

/** Lines of a working list as people read them, names masked. */
export async function linesOf(ctx: Ctx, rows: readonly FindingRow[]): Promise<Line[]> {
  const pool = await currentPool(ctx)
  const places = await placesOf(ctx)
  const briefs = await briefsOf(ctx, [...new Set(rows.map(r => r.household_id))])
  return rows.map(row => {
    const brief = briefs.get(row.household_id)
    const place = places.get(row.division)
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      stateWords: stateWords[row.state],
      version: row.version,
      policy: named(pool, row.policy),
      household: { id: row.household_id, head: maskName(brief?.headName ?? ''), size: brief?.size ?? 0 },
      person: row.person_id && { id: row.person_id, name: maskName(brief?.names.get(row.person_id) ?? '') },
      place: {
        code: row.division as Line['place']['code'],
        name: place?.name ?? row.division,
        township: place?.township ?? '',
      },
      amountAYear: row.amount_a_year,
      conditionalOn: row.conditional_on,
      example: isExampleOf(pool, row.policy, ctx),
      foundOn: row.found_on,
      goneOn: row.gone_on,
      takenBy: row.taken_name,
      outcome: row.outcome,
      outcomeWords: row.outcome && outcomeWords[row.outcome],
      closedAt: row.closed_at?.toISOString() ?? null,
    }
  })
}

export async function lineOf(ctx: Ctx, row: FindingRow): Promise<Line> {
  ctx.about({ kind: 'household', id: row.household_id })
  const [line] = await linesOf(ctx, [row])
  return line as Line
}

export const sealedNote = 'entitlements.finding.note'
