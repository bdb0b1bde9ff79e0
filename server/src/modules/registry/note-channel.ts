import type { Channel, Id } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { RegistryTables } from './tables.ts'

/** Of one that was found in several ways the first counts. */
export async function noteChannel(ctx: Ctx, household: Id, channel: Channel): Promise<void> {
  await tablesOf<RegistryTables>()(ctx)
    .updateTable('registry.household')
    .set({ channel })
    .where('district', '=', ctx.district)
    .where('id', '=', household)
    .where('channel', 'is', null)
    .execute()
}
