import { type Id, idCheckCharacter, newId } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { seedPartners } from './dci/seed-partners.ts'
import type { MessageKind } from './kinds.ts'
import { secretColumn } from './outbox/secrets.ts'
import { newSecret } from './outbox/sign.ts'
import { takeMessages } from './province/take-messages.ts'
import { type AttemptRow, doors, type MessageRow, type SubscriptionRow } from './tables.ts'

/**
 * Two systems nobody has (示例), both paused, so that nothing ever leaves a made-up district: one that took messages until it stopped, and
 * the province, which sent needs that a clerk has to look at; and two that may search.
 * @param village where one of them says the family lives
 */
export async function seedDoors(ctx: Ctx, village: string): Promise<void> {
  const hook = await connect(ctx, { form: 'webhook', name: '志愿服务平台（示例）', host: 'volunteers', why: 'refused' })
  const hours = (n: number) => new Date(ctx.now.getTime() - n * 3_600_000)
  await tell(ctx, hook, 'wish.published', hours(150), 'delivered', [{ outcome: 'delivered', status: 204 }])
  await tell(ctx, hook, 'wish.claimed', hours(120), 'delivered', [
    { outcome: 'failed', status: null, answer: 'timeout' },
    { outcome: 'delivered', status: 204 },
  ])
  for (const [kind, ago] of [
    ['need.moved', 100],
    ['wish.ended', 98],
    ['wish.published', 20],
  ] as const)
    await tell(ctx, hook, kind, hours(ago), ago > 90 ? 'dead' : 'waiting', [
      { outcome: 'refused', status: 401, answer: '{"error":"unknown signature"}' },
    ])
  const province = await connect(ctx, {
    form: 'province',
    name: '省大救助信息平台（示例）',
    host: 'province',
    why: 'byPerson',
  })
  const told = { division: village, urgent: false, toldOn: ctx.today }
  await takeMessages(ctx, province, 'push', [
    {
      ...told,
      externalId: 'SL-2021-0417',
      name: '应月仙',
      idNumber: '33011119480230002X',
      words: '雨天屋顶漏，想请人看看',
    },
    {
      ...told,
      externalId: 'SL-2021-0423',
      name: '何根土',
      idNumber: numberOf('33011119520304001'),
      words: '腿脚不便，想有人陪着去配药',
    },
    {
      ...told,
      externalId: 'SL-2021-0430',
      name: '',
      idNumber: numberOf('33011119610812002'),
      words: '孩子放学后没人接',
      urgent: true,
    },
  ])
  await seedPartners(ctx, village.slice(0, 9))
}

/** Made up; nobody of the made-up registry has it. */
const numberOf = (first17: string) => `${first17}${idCheckCharacter(first17)}`

async function connect(
  ctx: Ctx,
  one: Pick<SubscriptionRow, 'form' | 'name' | 'why'> & { readonly host: string },
): Promise<{ id: Id }> {
  const id = newId(ctx.now.getTime())
  await doors(ctx)
    .insertInto('doors.subscription')
    .values({
      district: ctx.district,
      id,
      form: one.form,
      name: one.name,
      url: `https://${one.host}.example.org/zhulian`,
      kinds: one.form === 'province' ? [] : ['need.moved', 'wish.published', 'wish.claimed', 'wish.ended'],
      state: 'paused',
      why: one.why,
      version: 1,
      sealed_secret: ctx.crypto.seal(secretColumn, id, newSecret()),
      sealed_old_secret: null,
      old_until: null,
      failures: 0,
      refusals: one.why === 'refused' ? 3 : 0,
      not_before: null,
      heard_at: one.form === 'webhook' ? new Date(ctx.now.getTime() - 119 * 3_600_000) : null,
      cursor: null,
      page_digest: null,
      pulled_at: null,
      made_at: ctx.now,
      made_by: ctx.actor.account,
      changed_at: ctx.now,
      changed_by: ctx.actor.account,
    })
    .execute()
  return { id }
}

type Tried = Pick<AttemptRow, 'outcome' | 'status'> & { readonly answer?: string }

async function tell(
  ctx: Ctx,
  to: { id: Id },
  kind: MessageKind,
  at: Date,
  state: MessageRow['state'],
  tries: readonly Tried[],
): Promise<void> {
  const [id, about] = [newId(at.getTime()), newId(at.getTime())]
  const last = new Date(at.getTime() + tries.length * 5000)
  await doors(ctx)
    .insertInto('doors.message')
    .values({
      district: ctx.district,
      id,
      subscription_id: to.id,
      kind,
      about_id: about,
      body: JSON.stringify({ type: kind, timestamp: at.toISOString(), data: { id: about } }),
      said_at: at,
      state,
      why: state === 'dead' ? 'daysOver' : null,
      tries: tries.length,
      replays: 0,
      next_at: state === 'waiting' ? last : null,
      since_at: at,
      ended_at: state === 'waiting' ? null : last,
    })
    .execute()
  for (const [i, { outcome, status, answer }] of tries.entries()) {
    const tried = new Date(at.getTime() + i * 5000)
    await doors(ctx)
      .insertInto('doors.attempt')
      .values({
        district: ctx.district,
        id: newId(tried.getTime()),
        message_id: id,
        at: tried,
        ms: status === null ? 15_000 : 84,
        outcome,
        status,
        answer: answer ?? null,
      })
      .execute()
  }
}
