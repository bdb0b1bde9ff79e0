import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { readFile } from 'node:fs/promises'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { IncomingFile } from '../../../platform/incoming-file.ts'
import { strippedPhoto } from '../../outreach/index.ts'
import {
  evidenceFull,
  evidenceNotAgreed,
  evidenceNotFound,
  evidenceWrong,
  type ordersContract,
  visitNotFound,
} from './contract.ts'
import { childOf, orders, readOrder, sealedOrder } from './kept-order.ts'

type Input<K extends keyof typeof ordersContract> = InputOf<(typeof ordersContract)[K]>

const mostBytes = 2_000_000
/** Of one time. */
const most = 10

/** Kept sealed, without where and when it was taken; none that the family did not agree to. */
export async function addEvidence(
  ctx: Ctx,
  { params, query, file }: Input<'POST /orders/:orderId/visits/:visitId/evidence'> & { readonly file: IncomingFile },
) {
  const row = await readOrder(ctx, params.orderId)
  if (query.agreed !== 'yes') throw evidenceNotAgreed()
  const visit = await orders(ctx)
    .selectFrom('projects.order_visit')
    .select(['id', 'proved', 'seen_by'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.visitId)
    .where('order_id', '=', row.id)
    .executeTakeFirst()
  if (!visit) throw visitNotFound()
  const { n } = await orders(ctx)
    .selectFrom('projects.order_evidence')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', ctx.district)
    .where('visit_id', '=', visit.id)
    .executeTakeFirstOrThrow()
  if (Number(n) >= most) throw evidenceFull({ most })
  if (file.bytes > mostBytes || file.bytes === 0) throw evidenceWrong()
  const kept = strippedPhoto(await readFile(file.path))
  if (!kept) throw evidenceWrong()
  const id = newId(ctx.now.getTime())
  await orders(ctx)
    .insertInto('projects.order_evidence')
    .values({
      district: ctx.district,
      id,
      order_id: row.id,
      visit_id: visit.id,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      kind: query.kind,
      agreed: true,
      type: kept.type,
      bytes: kept.bytes.length,
      digest: file.digest,
      sealed_content: ctx.crypto.seal(sealedOrder.content, id, kept.bytes.toString('base64')),
      at: ctx.now,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
    })
    .execute()
  if (query.kind === 'signature' && visit.proved === null && visit.seen_by === null)
    // Who delivers changes nothing of what was noted: the signature does.
    await asMachine(ctx, machine =>
      orders(machine)
        .updateTable('projects.order_visit')
        .set({ proved: 'signature' })
        .where('district', '=', machine.district)
        .where('id', '=', visit.id)
        .execute(),
    )
  return { id }
}

export async function readEvidence(ctx: Ctx, { params }: Input<'GET /order-evidence/:evidenceId'>) {
  const row = await orders(ctx)
    .selectFrom('projects.order_evidence')
    .select(['id', 'order_id', 'kind', 'type', 'sealed_content'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.evidenceId)
    .executeTakeFirst()
  if (!row) throw evidenceNotFound()
  await readOrder(ctx, row.order_id)
  return {
    name: `${row.kind}-${row.id}.${row.type.split('/')[1] ?? 'bin'}`,
    type: row.type,
    content: Buffer.from(ctx.crypto.open(sealedOrder.content, row.id, row.sealed_content), 'base64'),
  }
}
