import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { writeMessage } from '../outbox/write-message.ts'
import { doors, type ProvinceNeedRow } from '../tables.ts'

type Told = Readonly<Record<string, string | number>>
type Sent = Pick<ProvinceNeedRow, 'id' | 'external_id'>

/** What became of a need the province sent: by its own number, the state, which level has it, and when. Whose it is the province knows. */
export async function tellProvince(ctx: Ctx, need: Id, at: Date, { state, level }: Told): Promise<void> {
  const from = await doors(ctx)
    .selectFrom('doors.province_need')
    .select(['id', 'external_id'])
    .where('district', '=', ctx.district)
    .where('need_id', '=', need)
    .execute()
  for (const row of from) await writeResult(ctx, row, at, { state: state ?? '', level: level ?? '' })
}

/** By the connection there is now, whichever it came by; while there is none nobody can be told. */
export async function writeResult(ctx: Ctx, row: Sent, at: Date, told: Told): Promise<void> {
  const to = await doors(ctx)
    .selectFrom('doors.subscription')
    .select('id')
    .where('district', '=', ctx.district)
    .where('form', '=', 'province')
    .where('state', '<>', 'ended')
    .executeTakeFirst()
  if (!to) return
  const said = { externalId: row.external_id, ...told }
  await writeMessage(ctx, to, { kind: 'province.result', about: row.id, at, told: said })
}
