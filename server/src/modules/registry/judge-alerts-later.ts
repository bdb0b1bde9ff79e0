import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'

const atOnce = 200

/**
 * The rules of alerts look at households of which something was written down, as soon as it stands. By name, since they know
 * the registry and not it them; where no alerts are in the house, nobody looks.
 */
export async function judgeAlertsLater(ctx: Ctx, households: readonly Id[]): Promise<void> {
  const each = [...new Set(households)]
  for (let i = 0; i < each.length; i += atOnce)
    await ctx.later('alerts.judge', { households: each.slice(i, i + atOnce).join(',') }, { ifThere: true })
}
