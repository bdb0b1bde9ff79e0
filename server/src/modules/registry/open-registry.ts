import path from 'node:path'
import { readConfig } from '../../platform/config.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { loadDivisions } from './divisions.ts'

/** Takes over what the district ships of townships and villages. */
export async function openRegistry(ctx: Ctx): Promise<void> {
  await loadDivisions(ctx, path.join(readConfig().shippedDir, 'divisions'))
}
