import { randomBytes } from 'node:crypto'
import { type Day, type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { itemsColumn } from './exchange.ts'
import { ensureOwnKey } from './own-key.ts'
import { fingerprint } from './partners.ts'
import { dci, type ExchangeRow, type PartnerRow } from './tables.ts'

/** Two systems nobody has (示例), with secrets nobody knows: one that asks by law, one of a township whose year is over. */
export async function seedPartners(ctx: Ctx, township: string): Promise<void> {
  await ensureOwnKey(ctx)
  const year = Number(ctx.today.slice(0, 4))
  const insurance = await agree(ctx, {
    sender_id: 'insurance.example',
    name: '社会保险经办平台（示例）',
    callback: 'https://insurance.example.org',
    scope: ctx.district,
    purpose: 'benefit-check',
    basis: 'law',
    basis_words: '示例：部门间数据共享协议第三条，核对低保、特困身份',
    fields: ['tier'],
    until_on: `${year + 1}-06-30` as Day,
  })
  await agree(ctx, {
    sender_id: 'school.example',
    name: '教育资助系统（示例）',
    callback: null,
    scope: township,
    purpose: 'school-grant',
    basis: 'consent',
    basis_words: '示例：家长在申请表上同意',
    fields: [],
    until_on: `${year - 1}-08-31` as Day,
  })
  const hour = 3_600_000
  await asked(ctx, insurance, 74 * hour, { records: 1 })
  await asked(ctx, insurance, 50 * hour, { records: 0 })
  await asked(ctx, insurance, 26 * hour, { records: 18, callback: 'https://insurance.example.org/registry/on-search' })
  await asked(ctx, insurance, 25 * hour, { records: 0, action: 'txn-status' })
}

type Agreed = Pick<
  PartnerRow,
  'sender_id' | 'name' | 'callback' | 'scope' | 'purpose' | 'basis' | 'basis_words' | 'fields' | 'until_on'
>

async function agree(ctx: Ctx, agreed: Agreed): Promise<Id> {
  const id = newId(ctx.now.getTime())
  await dci(ctx)
    .insertInto('doors.dci_partner')
    .values({
      district: ctx.district,
      id,
      ...agreed,
      secret_hash: fingerprint(randomBytes(32).toString('base64url')),
      jwk: null,
      told_unasked: false,
      most_records: 20,
      per_minute: 60,
      made_at: ctx.now,
      made_by: ctx.actor.account,
      made_name: ctx.actor.name,
      used_at: null,
      ended_at: null,
      ended_by: null,
      ended_name: null,
    })
    .execute()
  return id
}

async function asked(
  ctx: Ctx,
  partner: Id,
  agoMs: number,
  { records, action = 'search', callback = null }: Partial<ExchangeRow> & { readonly records: number },
): Promise<void> {
  const at = new Date(ctx.now.getTime() - agoMs)
  const id = newId(at.getTime())
  await dci(ctx)
    .insertInto('doors.dci_exchange')
    .values({
      district: ctx.district,
      id,
      partner_id: partner,
      message_blind: ctx.crypto.blind('doors.dci_exchange.message', id),
      transaction_blind: ctx.crypto.blind('doors.dci_exchange.transaction', id),
      action,
      state: 'succ',
      records,
      sealed_items: ctx.crypto.seal(itemsColumn, id, '[]'),
      callback,
      sealed_answer: null,
      tries: callback === null ? 0 : 1,
      came_at: at,
      brought_at: callback === null ? null : new Date(at.getTime() + 4000),
    })
    .execute()
  await dci(ctx)
    .updateTable('doors.dci_partner')
    .set({ used_at: at })
    .where('district', '=', ctx.district)
    .where('id', '=', partner)
    .execute()
}
