import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { needsSaid } from '../guidance/index.ts'
import { namesOf } from '../identity/index.ts'
import { outreach, sealedNote } from './kept-case.ts'
import { sealedHelperNeed } from './pairing/read-pairings.ts'
import type { CaseRow } from './tables.ts'

/** What a family was heard to need, in words or as items of the pool: by a helper, at the door, in an interview. */
export interface HeardNeeds {
  readonly household: Id
  /** Empty: the family itself. */
  readonly by: string
  readonly careful: boolean
  readonly words: string | null
  readonly items: readonly string[]
}

/** @returns undefined where nothing was said to be needed */
export async function needsOfHelperVisit(ctx: Ctx, visit: Id): Promise<HeardNeeds | undefined> {
  const row = await outreach(ctx)
    .selectFrom('outreach.helper_visit')
    .select(['id', 'household_id', 'helper_name', 'careful', 'sealed_need'])
    .where('district', '=', ctx.district)
    .where('id', '=', visit)
    .executeTakeFirst()
  if (!row?.sealed_need) return undefined
  const words = ctx.crypto.open(sealedHelperNeed, row.id, row.sealed_need)
  return { household: row.household_id, by: row.helper_name, careful: row.careful, words, items: [] }
}

/** @returns undefined where nothing was said to be needed */
export async function needsOfFinding(ctx: Ctx, finding: Id): Promise<HeardNeeds | undefined> {
  const row = await outreach(ctx)
    .selectFrom('outreach.finding')
    .select(['household_id', 'found_name', 'careful', 'needs'])
    .where('district', '=', ctx.district)
    .where('id', '=', finding)
    .executeTakeFirst()
  if (!row || row.needs.length === 0) return undefined
  return { household: row.household_id, by: row.found_name, careful: row.careful, words: null, items: row.needs }
}

/**
 * Once, and of a family whose guide has confirmed who they are; before that who handles the case reads it there.
 * @returns undefined also for what was taken back, or is shown no more
 */
export async function takeNeedsOfHandIn(ctx: Ctx, id: Id): Promise<HeardNeeds | undefined> {
  const row = await outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row?.household_id || row.state === 'withdrawn' || row.needs_heard_at !== null) return undefined
  const said = await saidInCase(ctx, row)
  if (!said) return undefined
  await outreach(ctx)
    .updateTable('outreach.case')
    .set({ needs_heard_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()
  const by = said.onBehalf ? ((await namesOf(ctx, [row.account_id])).get(row.account_id) ?? '') : ''
  return {
    household: row.household_id,
    by,
    careful: row.careful || said.careful,
    words: said.words,
    items: said.items,
  }
}

/** Whether a case is about that family now. */
export async function isFamilyOfCase(ctx: Ctx, id: Id, household: Id): Promise<boolean> {
  const row = await outreach(ctx)
    .selectFrom('outreach.case')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.household_id === household
}

/** What was said in the interview, ticked on handing in, and told in the message beside it. */
export async function saidInCase(ctx: Ctx, row: CaseRow) {
  const said = await needsSaid(ctx, row.screening_id)
  if (!said) return undefined
  // What is none of the list is told in the message beside it.
  const beside =
    row.needs.includes('other') && row.sealed_note ? ctx.crypto.open(sealedNote, row.id, row.sealed_note) : null
  return {
    items: [...new Set([...said.items, ...row.needs])],
    words: said.words ?? beside,
    careful: said.careful,
    onBehalf: said.onBehalf,
  }
}
