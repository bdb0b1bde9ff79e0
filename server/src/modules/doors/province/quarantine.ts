import { type Id, isId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealedJson } from '../../../platform/open-sealed.ts'
import { placesOf } from '../../registry/index.ts'
import { doors, type ProvinceNeedRow } from '../tables.ts'
import { messageChanged, messageNotFound, messageNotOpen, type provinceContract, stillWrong } from './contract.ts'
import { type Content, wordsOfWhy } from './message.ts'
import { writeResult } from './results.ts'
import { accept, contentColumn } from './take-messages.ts'

type Input<K extends keyof typeof provinceContract> = InputOf<(typeof provinceContract)[K]>

/** What is set aside may be taken back for so long; then what it says is forgotten. */
const daysKept = 30

export async function listProvinceNeeds(ctx: Ctx, { query }: Input<'GET /province/needs'>) {
  let found = doors(ctx)
    .selectFrom('doors.province_need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '=', query.state)
  if (query.after && isId(query.after)) found = found.where('id', '<', query.after as Id)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const places = await placesOf(ctx)
  return {
    items: page.map(row => {
      const { content, isBroken } = contentShown(ctx, row)
      const place = places.get(row.division)
      return {
        id: row.id,
        externalId: row.external_id,
        place: place ? `${place.township === place.name ? '' : place.township}${place.name}` : null,
        state: row.state,
        why: row.why,
        whyWords: isBroken
          ? { zh: cannotBeOpened, en: cannotBeOpened }
          : row.why
            ? wordsOfWhy(row.why, content?.field ?? null)
            : null,
        content: content && {
          name: content.name,
          idNumber: content.idNumber,
          words: content.words,
          urgent: content.urgent,
          toldOn: content.toldOn,
        },
        cameAt: row.came_at.toISOString(),
        came: row.came,
        endedBy: row.ended_name,
        version: row.version,
      }
    }),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

export async function listBatches(ctx: Ctx, { query }: Input<'GET /province/batches'>) {
  let found = doors(ctx).selectFrom('doors.province_batch').selectAll().where('district', '=', ctx.district)
  if (query.after && isId(query.after)) found = found.where('id', '<', query.after as Id)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(({ district: _district, came_at, ...row }) => ({ ...row, cameAt: came_at.toISOString() })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** A person mends what the province sent and takes it in, in their own name. @throws stillWrong with what is left to mend */
export async function mendMessage(ctx: Ctx, { params, body }: Input<'POST /province/needs/:messageId/mend'>) {
  const row = await openMessage(ctx, params.messageId, body.expectedVersion, 'quarantined')
  const before = contentOf(ctx, row)
  if (!before) throw messageNotOpen()
  const content = { ...before, ...given(body), field: null }
  const field = (['name', 'idNumber', 'words'] as const).find(key => content[key].length < (key === 'words' ? 4 : 1))
  const why = field ? 'fieldWrong' : await accept(ctx, row, content)
  if (why) throw stillWrong({ why: wordsOfWhy(why, field ?? null) })
  await asMachine(ctx, machine => writeResult(machine, row, ctx.now, { state: 'accepted' }))
  return await stepAnswer(ctx, row.id)
}

const given = (body: Input<'POST /province/needs/:messageId/mend'>['body']): Partial<Content> =>
  Object.fromEntries(
    (['name', 'idNumber', 'words'] as const).flatMap(key => (body[key] === undefined ? [] : [[key, body[key]]])),
  )

export async function setAside(ctx: Ctx, { params, body }: Input<'POST /province/needs/:messageId/set-aside'>) {
  const row = await openMessage(ctx, params.messageId, body.expectedVersion, 'quarantined')
  ctx.because(body.reason)
  await change(ctx, row, {
    state: 'setAside',
    ended_at: ctx.now,
    ended_by: ctx.actor.account,
    ended_name: ctx.actor.name,
  })
  await asMachine(ctx, machine => writeResult(machine, row, ctx.now, { state: 'setAside', why: row.why ?? '' }))
  return await stepAnswer(ctx, row.id)
}

export async function takeBack(ctx: Ctx, { params, body }: Input<'POST /province/needs/:messageId/take-back'>) {
  const row = await openMessage(ctx, params.messageId, body.expectedVersion, 'setAside')
  if (!row.sealed_content) throw messageNotOpen()
  await change(ctx, row, { state: 'quarantined', ended_at: null, ended_by: null, ended_name: null })
  await asMachine(ctx, machine => writeResult(machine, row, ctx.now, { state: 'quarantined', why: row.why ?? '' }))
  return await stepAnswer(ctx, row.id)
}

async function openMessage(ctx: Ctx, id: Id, version: number, state: ProvinceNeedRow['state']) {
  const row = await doors(ctx)
    .selectFrom('doors.province_need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw messageNotFound()
  if (row.version !== version) throw messageChanged({ version: row.version })
  if (row.state !== state) throw messageNotOpen()
  return row
}

const change = async (ctx: Ctx, row: ProvinceNeedRow, set: Partial<ProvinceNeedRow>) =>
  await doors(ctx)
    .updateTable('doors.province_need')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()

async function stepAnswer(ctx: Ctx, id: Id) {
  const { state, need_id, version } = await doors(ctx)
    .selectFrom('doors.province_need')
    .select(['state', 'need_id', 'version'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { state, needId: need_id, version }
}

/** One that cannot be opened says so in the list; the others stand. */
function contentShown(ctx: Ctx, row: ProvinceNeedRow): { content: Content | null; isBroken: boolean } {
  if (!row.sealed_content) return { content: null, isBroken: false }
  const content = readSealedJson<Content | null>(ctx, contentColumn, row.id, row.sealed_content, null)
  return { content, isBroken: content === null }
}

const contentOf = (ctx: Ctx, row: ProvinceNeedRow): Content | null =>
  row.sealed_content ? (JSON.parse(ctx.crypto.open(contentColumn, row.id, row.sealed_content)) as Content) : null

export async function forgetSetAside(ctx: Ctx): Promise<void> {
  await doors(ctx)
    .updateTable('doors.province_need')
    .set({ sealed_content: null })
    .where('district', '=', ctx.district)
    .where('state', '=', 'setAside')
    .where('ended_at', '<', new Date(ctx.now.getTime() - daysKept * 86_400_000))
    .where('sealed_content', 'is not', null)
    .execute()
}
