import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'

const atOnce = 200

/** The rules of alerts look at households of which something was written down. Where no alerts are in the house, nobody does. */
export async function judgeAlerts(ctx: Ctx, households: readonly Id[]): Promise<void> {
  for (let i = 0; i < households.length; i += atOnce)
    await ctx.later('alerts.judge', { households: households.slice(i, i + atOnce).join(',') }, { ifThere: true })
}
