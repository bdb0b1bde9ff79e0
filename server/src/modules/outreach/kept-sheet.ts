import { type Day, type Edit, editId, fieldsOf, type FieldValue, headsOf, type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { childrenOf, comesOfAge } from '../registry/index.ts'
import { outreach } from './kept-case.ts'
import type { VisitRow } from './tables.ts'

/** An edit as it is kept: with who wrote it, and when by their telephone. */
export interface KeptEdit extends Edit {
  readonly device: Id
  readonly counter: number
  readonly by: string
  readonly at: Date
  readonly receivedAt: Date
}

const sealedValue = 'outreach.visit_edit.value'

/** Everything that was ever written in some sheets, by visit. */
export async function editsOf(ctx: Ctx, visits: readonly Id[]): Promise<ReadonlyMap<Id, readonly KeptEdit[]>> {
  if (visits.length === 0) return new Map()
  const rows = await outreach(ctx)
    .selectFrom('outreach.visit_edit')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('visit_id', 'in', visits)
    .orderBy('id')
    .execute()
  return Map.groupBy(
    rows.map(row => ({
      visit: row.visit_id,
      id: editId(row.device_id, row.counter),
      field: row.field,
      base: row.base,
      value: JSON.parse(ctx.crypto.open(sealedValue, row.id, row.sealed_value)) as FieldValue,
      device: row.device_id,
      counter: row.counter,
      by: row.by_name,
      at: row.made_at,
      receivedAt: row.received_at,
    })),
    e => e.visit,
  )
}

/** Adds edits to a sheet that is locked. */
export async function keepEdits(ctx: Ctx, visit: VisitRow, edits: readonly KeptEdit[]): Promise<void> {
  if (edits.length === 0) return
  const children: ReadonlyMap<string, Day> = edits.some(e => personOf(e.field))
    ? new Map((await childrenOf(ctx, [visit.household_id])).map(c => [c.id, comesOfAge(c.birthDate)]))
    : new Map()
  await insertMany(
    ctx.transaction,
    'outreach.visit_edit',
    {
      district: 'text',
      id: 'uuid',
      visit_id: 'uuid',
      division: 'text',
      careful: 'boolean',
      field: 'text',
      minor_until: 'date',
      minor_household: 'uuid',
      device_id: 'uuid',
      counter: 'integer',
      base: 'text[]',
      sealed_value: 'bytea',
      by_id: 'uuid',
      by_name: 'text',
      made_at: 'timestamptz',
      received_at: 'timestamptz',
    },
    edits.map(e => {
      const id = newId(ctx.now.getTime())
      return {
        district: ctx.district,
        id,
        visit_id: visit.id,
        division: visit.division,
        careful: visit.careful,
        field: e.field,
        minor_until: children.get(personOf(e.field) ?? '') ?? null,
        minor_household: children.has(personOf(e.field) ?? '') ? visit.household_id : null,
        device_id: e.device,
        counter: e.counter,
        base: [...e.base],
        sealed_value: ctx.crypto.seal(sealedValue, id, JSON.stringify(e.value)),
        by_id: ctx.actor.account,
        by_name: ctx.actor.name,
        made_at: e.at,
        received_at: ctx.now,
      }
    }),
  )
  await outreach(ctx)
    .updateTable('outreach.visit')
    .set({ edits: visit.edits + edits.length })
    .where('district', '=', ctx.district)
    .where('id', '=', visit.id)
    .execute()
  visit.edits += edits.length
}

/** Whom a field is about; undefined where it is about the household or the visit. */
export const personOf = (field: string): string | undefined => /^person\.([0-9a-f-]{36})\./.exec(field)?.[1]

/** Leaves out what is about people whose record is closed to who asks. */
export const withoutClosed = <E extends { readonly field: string }>(
  edits: readonly E[],
  closed: ReadonlySet<string>,
): readonly E[] => (closed.size === 0 ? edits : edits.filter(e => !closed.has(personOf(e.field) ?? '')))

/** What stands in each field: one head, or the sides of what a person has to settle. */
export const standing = (edits: readonly KeptEdit[]): KeptEdit[] => fieldsOf(edits).flatMap(f => headsOf(edits, f))
