import { type Id, maskIdNumber, maskPhone } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { cannotBeOpened, openSealed, readSealedJson } from '../../platform/open-sealed.ts'
import { namesOf } from '../identity/index.ts'
import { placesOf } from './divisions.ts'
import { fieldsOf } from './likely.ts'
import { lineOf } from './list-pairs.ts'
import { clueColumn, othersOf, type PairRow, pairRow } from './pair-row.ts'
import { pairNotFound, type pairsContract } from './pairs-contract.ts'
import { addressOf } from './people-index.ts'
import type { RegistryTables } from './tables.ts'
import { canUndo } from './undo-merge.ts'
import type { PersonClues } from './who-is.ts'

const registry = tablesOf<RegistryTables>()
const unreadable: PersonClues = { name: cannotBeOpened }

export async function getPair(ctx: Ctx, { params }: InputOf<(typeof pairsContract)['GET /pairs/:pairId']>) {
  const row = await pairRow(ctx, params.pairId)
  const places = await placesOf(ctx)
  const right = await registeredSide(ctx, row.person_id, places)
  const left = row.other_id
    ? await registeredSide(ctx, row.other_id, places)
    : typedSide(readSealedJson<PersonClues>(ctx, clueColumn, row.id, row.clues as Buffer, unreadable), places)
  const merge = await mergeOf(ctx, row)
  const names = await namesOf(
    ctx,
    [row.decided_by, merge?.merged_by].flatMap(id => (id ? [id] : [])),
  )
  return {
    ...lineOf(row, right.name, right.address, names),
    delivery: row.delivery_id,
    row: row.row_id,
    left,
    right,
    fields: fieldsOf(row.explanation),
    others: (await othersOf(ctx, row)).length,
    canTakeBack: row.state !== 'open' && row.told_at === null && (!merge || (await canUndo(ctx, merge))),
    merge: merge
      ? {
          id: merge.id,
          kept: merge.kept_id,
          reason: merge.reason,
          mergedAt: merge.merged_at.toISOString(),
          by: names.get(merge.merged_by) ?? '',
        }
      : null,
  }
}

const mergeOf = async (ctx: Ctx, row: PairRow) =>
  row.other_id
    ? await registry(ctx)
        .selectFrom('registry.person_merge')
        .selectAll()
        .where('district', '=', ctx.district)
        .where('pair_id', '=', row.id)
        .where('undone_at', 'is', null)
        .orderBy('merged_at', 'desc')
        .limit(1)
        .executeTakeFirst()
    : undefined

type Places = Awaited<ReturnType<typeof placesOf>>

async function registeredSide(ctx: Ctx, id: Id, places: Places) {
  const p = await registry(ctx)
    .selectFrom('registry.person_shown')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!p) throw pairNotFound()
  const shown = (column: 'id_number' | 'phone', mask: (plain: string) => string) => {
    const sealed = p[column]
    if (!sealed) return ''
    const { text, isBroken } = openSealed(ctx, `registry.person.${column}`, p.id, sealed)
    return isBroken ? text : mask(text)
  }
  return {
    person: p.id,
    household: p.household_id,
    name: p.name,
    idNumber: shown('id_number', maskIdNumber),
    birthDate: p.birth_date ?? '',
    sex: p.sex ?? '',
    phone: shown('phone', maskPhone),
    address: addressOf(places, p.division),
    registeredAt: p.created_at.toISOString(),
  }
}

const typedSide = (clues: PersonClues, places: Places) => ({
  person: null,
  household: null,
  name: clues.name ?? '',
  idNumber: clues.idNumber ? maskIdNumber(clues.idNumber) : '',
  birthDate: clues.birthDate ?? '',
  sex: clues.sex ?? '',
  phone: clues.phone ? maskPhone(clues.phone) : '',
  address: clues.address || (clues.division ? addressOf(places, clues.division) : ''),
  registeredAt: null,
})
