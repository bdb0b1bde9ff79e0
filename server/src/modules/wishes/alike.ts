import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { homesOfTheSame } from '../registry/index.ts'
import { isAboutChild } from './about-child.ts'
import { sealedNeedWords, wishes } from './kept-need.ts'
import type { NeedRow } from './tables.ts'

/** Another open need of the same people, which may be the same thing; a person says so. */
export interface Alike {
  readonly row: NeedRow
  /** The same item, or nearly the same words. */
  readonly likely: boolean
  /** It stands with another household in which the same person is written down. */
  readonly elsewhere: boolean
}

const most = 20
/** Pairs of letters that two texts share, of those they have. Chosen by eye on the made-up needs. */
const enoughShared = 0.4

/** The likely first. */
export async function alikeOf(ctx: Ctx, row: NeedRow, words: string): Promise<Alike[]> {
  const homes = await homesOfTheSame(ctx, row.household_id)
  const others = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where(eb =>
      eb.or([
        eb('household_id', 'in', [row.household_id, ...homes]),
        ...(row.person_id ? [eb('person_id', '=', row.person_id)] : []),
      ]),
    )
    .where('id', '<>', row.id)
    .where('careful', '=', row.careful)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
  const about = row.item ?? row.guess
  return others
    .filter(other => isAboutChild(ctx, other) === isAboutChild(ctx, row))
    .map(other => ({
      row: other,
      likely:
        (about !== null && about === (other.item ?? other.guess)) ||
        likeness(words, readSealed(ctx, sealedNeedWords, other.id, other.sealed_words)) >= enoughShared,
      elsewhere: other.household_id !== row.household_id,
    }))
    .toSorted((a, b) => Number(b.likely) - Number(a.likely))
    .slice(0, most)
}

/** Whether two needs are of the same people. */
export async function isOfTheSame(
  ctx: Ctx,
  row: NeedRow,
  other: { readonly household_id: Id; readonly person_id: Id | null },
): Promise<boolean> {
  if (other.household_id === row.household_id) return true
  if (row.person_id !== null && other.person_id === row.person_id) return true
  return (await homesOfTheSame(ctx, row.household_id)).includes(other.household_id)
}

/** From 0 to 1: pairs of letters that both have, twice, of all pairs. */
export function likeness(a: string, b: string): number {
  const [one, two] = [pairsOf(a), pairsOf(b)]
  const all = one.size + two.size
  return all === 0 ? 0 : (2 * one.intersection(two).size) / all
}

function pairsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')]
  return new Set(letters.slice(1).map((letter, i) => `${letters[i] ?? ''}${letter}`))
}
