import type { Day, DivisionCode, Id, Words } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { showTo } from './change-consent.ts'
import { consentsOf } from './consent.ts'
import { openScreening, readingOf } from './get-screening.ts'
import { singleAnswers } from './interview.ts'
import { heedWords } from './raise-signals.ts'
import { policyLines, serviceLines } from './result.ts'
import { signalsInWords } from './signals.ts'
import { calmView } from './state.ts'
import type { GuidanceTables } from './tables.ts'

/** The door of the interview: what a case needs of a result, and whole interviews for a made-up district. */
export { countDays } from './jobs.ts'
export { isDelicate, reasonWords } from './reason-words.ts'
export { learnShares } from './shares.ts'
export { type MadeUpTalk, talkThrough } from './talk-through.ts'

/** Words that a trained person must read first: they send somebody to ask, they decide nothing. */
export const needsCare = (text: string): boolean => signalsInWords(text).length > 0
export { calmView } from './state.ts'

const guidance = tablesOf<GuidanceTables>()

export interface ScreeningForCase {
  readonly id: Id
  readonly account: Id
  readonly household: Id | null
  readonly village: string | null
  readonly careful: boolean
  readonly own: boolean
  /** What can be applied for: policies and services by id, with the papers of the policies. */
  readonly canApply: readonly {
    readonly id: string
    readonly name: Words
    readonly person: { readonly key: string; readonly callName: string } | null
    readonly papers: readonly Words[]
    readonly whereToGo: Words
    readonly isService: boolean
  }[]
}

/** @throws screeningNotFound for one that is neither one's own nor shown to one */
export async function screeningForCase(ctx: Ctx, id: Id): Promise<ScreeningForCase> {
  const opened = await openScreening(ctx, id)
  const reading = readingOf(opened)
  const { row, own } = opened
  const fits = (line: { group: string }) => line.group === 'canApply'
  return {
    id,
    account: row.account_id,
    household: row.household_id,
    village: row.village,
    careful: row.careful,
    own,
    canApply: [
      ...policyLines(reading)
        .filter(fits)
        .map(l => ({
          id: l.id,
          name: l.name,
          person: l.person,
          papers: l.materials,
          whereToGo: l.whereToGo,
          isService: false,
        })),
      ...serviceLines(reading)
        .filter(fits)
        .map(l => ({ id: l.id, name: l.name, person: l.person, papers: [], whereToGo: l.summary, isService: true })),
    ],
  }
}

/**
 * What is written beside a result or about its case reaches a trained person first where it has to.
 * @returns the calm page for whoever wrote it, where it does: then the village is not to be told
 */
export async function heedBeside(ctx: Ctx, id: Id, text: string | undefined): Promise<typeof calmView | null> {
  if (text === undefined) return null
  const { row } = await openScreening(ctx, id)
  const matter = { interview: row.interview_id, account: row.account_id, village: row.village }
  return (await heedWords(ctx, matter, text)) ? calmView : null
}

/** Has its owner agreed that the guide may see it, and not taken it back? Only the owner may ask. */
export async function mayTellGuide(ctx: Ctx, id: Id): Promise<boolean> {
  const { row } = await openScreening(ctx, id)
  return (await consentsOf(ctx, row.interview_id)).find(c => c.kind === 'tellGuide')?.given ?? false
}

/** Shows one's own result to the staff of a division, or with undefined to nobody any more. */
export async function handTo(ctx: Ctx, id: Id, division: DivisionCode | undefined): Promise<void> {
  await guidance(ctx)
    .updateTable('guidance.screening')
    .set({ handed_to: division ?? '' })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.account)
    .execute()
  await showTo(ctx, id, division ?? '')
}

export interface AssessedIn {
  readonly on: Day
  /** The version of the pool by which it was judged. */
  readonly pool: string
  readonly canApply: number
  readonly almost: number
  readonly notNow: number
  readonly answered: number
  /** Somebody of the staff answered for the family. */
  readonly onBehalf: boolean
}

/** What an interview came to, in figures. @returns undefined where its owner does not show the result */
export async function assessedIn(ctx: Ctx, id: Id): Promise<AssessedIn | undefined> {
  const { row, inputs } = await openScreening(ctx, id)
  if (row.division === '') return undefined
  return {
    on: row.judged_for,
    pool: row.pool_version,
    canApply: row.can_apply,
    almost: row.almost,
    notNow: row.not_now,
    answered: row.answered,
    onBehalf: inputs.interview.onBehalfOf !== null,
  }
}

export interface SaidNeeds {
  /** Services of the pool, and `other`. */
  readonly items: readonly string[]
  readonly words: string | null
  readonly careful: boolean
  /** Somebody of the staff answered for the family. */
  readonly onBehalf: boolean
}

/** What a family said in an interview that it needs most. @returns undefined where its owner does not show the result */
export async function needsSaid(ctx: Ctx, id: Id): Promise<SaidNeeds | undefined> {
  const { row, inputs } = await openScreening(ctx, id)
  if (row.division === '') return undefined
  const answers = [...singleAnswers(inputs.interview)]
  const said = (fact: string) => answers.findLast(a => a.fact === fact)?.value
  const [chosen, text] = [said('household.needs'), said('household.needText')]
  const items = Array.isArray(chosen) ? chosen.filter(item => typeof item === 'string') : []
  const words = typeof text === 'string' && text.trim() !== '' ? text.trim() : null
  return { items, words, careful: row.careful, onBehalf: inputs.interview.onBehalfOf !== null }
}

/** Those of the results that the actor may see now: one's own, and those whose owners' consent stands. */
export async function shownScreenings(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set()
  const rows = await guidance(ctx)
    .selectFrom('guidance.screening')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', 'in', [...new Set(ids)])
    .where('division', '<>', '')
    .execute()
  return new Set(rows.map(r => r.id))
}

/** Protected matters that nobody has taken, in the actor's reach; none for who may not see them. */
export async function countOpenSignals(ctx: Ctx): Promise<number> {
  const { n } = await guidance(ctx)
    .selectFrom('guidance.signal')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('district', '=', ctx.district)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(n)
}
