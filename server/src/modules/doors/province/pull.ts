import { createHash } from 'node:crypto'
import { newId } from '@zhulian/kernel'
import { z } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { parseStrictJson } from '../../../platform/http/json.ts'
import { secretsOf } from '../outbox/secrets.ts'
import { machineHeaders } from '../outbox/sign.ts'
import { subscriptionOf } from '../outbox/subscription-of.ts'
import { doors, type SubscriptionRow } from '../tables.ts'
import { oneAtATime, takeMessages } from './take-messages.ts'

const [pageSize, timeoutMs, mostBytes] = [100, 15_000, 2_000_000]

const pageForm = z.object({ needs: z.array(z.unknown()).max(pageSize), next: z.string().max(200).nullable() })

/**
 * Fetches one page of what the province offers and takes it in, with how far we are, in one transaction: what is cut off is fetched again,
 * and what came before is known by its number. The next page is another job.
 */
export async function pull(ctx: Ctx): Promise<void> {
  const from = await doors(ctx)
    .selectFrom('doors.subscription')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('form', '=', 'province')
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (!from) return
  const page = await fetchPage(ctx, from)
  if (!page) return
  await oneAtATime(ctx)
  const now = await subscriptionOf(ctx, from.id, true)
  // Another process fetched the same.
  if (now.state !== 'active' || now.cursor !== from.cursor) return
  const cursor = page.next ?? from.cursor
  const digest = createHash('sha256').update(JSON.stringify(page.needs)).digest()
  // The last page, whose end the province does not name, comes again until more stands on it.
  const isNew = page.needs.length > 0 && !now.page_digest?.equals(digest)
  if (isNew) await takeMessages(ctx, from, 'pull', page.needs)
  await doors(ctx)
    .updateTable('doors.subscription')
    .set({ cursor, page_digest: digest, pulled_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', from.id)
    .execute()
  if (cursor !== from.cursor && page.needs.length > 0) await ctx.later('doors.pull', {}, { key: 'more' })
}

/** What does not come, or has another form, is asked for again by the clock; when it last came is on the administrator's screen. */
async function fetchPage(ctx: Ctx, from: SubscriptionRow) {
  const url = `${from.url}/needs?limit=${pageSize}${from.cursor === null ? '' : `&after=${encodeURIComponent(from.cursor)}`}`
  const headers = machineHeaders(from.id, secretsOf(ctx, from)[0] ?? '', ctx.now, newId(), '')
  const reached = await ctx.reach.call(url, { method: 'GET', headers, timeoutMs, mostBytes })
  const read = 'status' in reached && reached.status === 200 && reached.isWhole ? readPage(reached.text) : undefined
  if (!read)
    ctx.log.warn(
      'province did not answer as it should',
      'failed' in reached ? { code: reached.failed } : { status: reached.status },
    )
  return read
}

function readPage(text: string) {
  try {
    return pageForm.safeParse(parseStrictJson(Buffer.from(text))).data
  } catch {
    return undefined
  }
}
