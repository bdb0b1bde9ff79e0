import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { writeMessage } from '../outbox/write-message.ts'
import { doors, type ProvinceNeedRow } from '../tables.ts'

type Told = Readonly<Record<string, string | number>>

/** What became of a need the province sent: by its own number, the state, which level has it, and when. Whose it is the province knows. */
export async function tellProvince(ctx: Ctx, need: Id, at: Date, { state, level }: Told): Promise<void> {
  const from = await doors(ctx)
    .selectFrom('doors.province_need')
    .select(['id', 'external_id', 'subscription_id'])
    .where('district', '=', ctx.district)
    .where('need_id', '=', need)
    .execute()
  for (const row of from) await writeResult(ctx, row, at, { state: state ?? '', level: level ?? '' })
}

export const writeResult = (
  ctx: Ctx,
  row: Pick<ProvinceNeedRow, 'id' | 'external_id' | 'subscription_id'>,
  at: Date,
  told: Told,
) =>
  writeMessage(
    ctx,
    { id: row.subscription_id },
    { kind: 'province.result', about: row.id, at, told: { externalId: row.external_id, ...told } },
  )
