import type { InputOf } from '@zhulian/kernel/contract'
import { readFile } from 'node:fs/promises'
import type { Ctx } from '../../platform/ctx.ts'
import type { IncomingFile } from '../../platform/incoming-file.ts'
import { outreach } from './kept-case.ts'
import { strippedPhoto, voiceType } from './strip-photo.ts'
import { attachmentNotFound, attachmentWrong, taskNotFound, type visitsContract } from './visits-contract.ts'

type Input<K extends keyof typeof visitsContract> = InputOf<(typeof visitsContract)[K]>

const mostBytes = 2_000_000
const sealedContent = 'outreach.attachment.content'

/** Keeps a file of a visit, sealed; also after the visit was handed in, because records go first and files follow. */
export async function addAttachment(
  ctx: Ctx,
  { params, query, file }: Input<'POST /visits/:visitId/attachments'> & { readonly file: IncomingFile },
) {
  const visit = await outreach(ctx)
    .selectFrom('outreach.visit')
    .select(['id', 'division', 'careful', 'household_id'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.visitId)
    .executeTakeFirst()
  if (!visit) throw taskNotFound()
  ctx.about({ kind: 'household', id: visit.household_id })
  if (file.bytes > mostBytes || file.bytes === 0) throw attachmentWrong()
  const raw = await readFile(file.path)
  const kept = query.kind === 'voice' ? spoken(raw) : strippedPhoto(raw)
  if (!kept) throw attachmentWrong()
  await outreach(ctx)
    .insertInto('outreach.attachment')
    .values({
      district: ctx.district,
      id: query.id,
      visit_id: visit.id,
      division: visit.division,
      careful: visit.careful,
      kind: query.kind,
      type: kept.type,
      bytes: kept.bytes.length,
      digest: file.digest,
      sealed_content: ctx.crypto.seal(sealedContent, query.id, kept.bytes.toString('base64')),
      taken_at: new Date(query.takenAt),
      received_at: ctx.now,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
    })
    .onConflict(on => on.doNothing())
    .execute()
  return { id: query.id }
}

const spoken = (bytes: Buffer) => {
  const type = voiceType(bytes)
  return type && { type, bytes }
}

export async function readAttachment(ctx: Ctx, { params }: Input<'GET /attachments/:attachmentId'>) {
  const row = await outreach(ctx)
    .selectFrom('outreach.attachment as a')
    .innerJoin('outreach.visit as v', join =>
      join.onRef('v.district', '=', 'a.district').onRef('v.id', '=', 'a.visit_id'),
    )
    .select(['a.id', 'a.kind', 'a.type', 'a.sealed_content', 'v.household_id'])
    .where('a.district', '=', ctx.district)
    .where('a.id', '=', params.attachmentId)
    .executeTakeFirst()
  if (!row) throw attachmentNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return {
    name: `${row.kind}-${row.id}.${row.type.split('/')[1] ?? 'bin'}`,
    type: row.type,
    content: Buffer.from(ctx.crypto.open(sealedContent, row.id, row.sealed_content), 'base64'),
  }
}
