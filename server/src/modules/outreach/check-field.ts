import { duties, parseDay, Refusal, type Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { checkValues } from '../registry/index.ts'
import { fieldKey, resultWords, riskWords, type VisitForm } from './visit-forms.ts'

export const wrongValue: Words = {
  zh: '这一项填的内容不认得，请重新选一次。',
  en: 'What stands in this field is not known. Please choose again.',
}
export const wrongField: Words = {
  zh: '这张走访表里没有这一项。请更新应用后再填，您写的还在这里。',
  en: 'This sheet has no such field. Please update the app; what you wrote is kept here.',
}

const isText = (value: unknown, max: number) =>
  typeof value === 'string' && value.length <= max && value.isWellFormed() && !value.includes('\u0000')

/** What is wrong with a value somebody wrote in a field; undefined when nothing is. Empty is always right. */
export async function faultOf(
  ctx: Ctx,
  form: VisitForm,
  field: string,
  value: unknown,
  needs: ReadonlySet<string>,
): Promise<Words | undefined> {
  const key = fieldKey(form, field)
  if (!key) return wrongField
  if (value === null) return undefined
  if (key.kind === 'ask') return key.ask.choices.some(c => c.value === value) ? undefined : wrongValue
  if (key.kind !== 'own')
    return await wrongFact(ctx, {
      household: key.kind === 'household' ? { [key.fact]: value } : {},
      persons: key.kind === 'person' ? [{ id: key.person, facts: { [key.fact]: value } }] : [],
    })
  const isRight = {
    result: () => form.results.some(r => r === value && r in resultWords),
    risk: () => typeof value === 'string' && value in riskWords,
    needs: () => Array.isArray(value) && value.length <= 20 && value.every(n => typeof n === 'string' && needs.has(n)),
    duties: () => Array.isArray(value) && value.length <= 4 && value.every(d => duties.some(known => known === d)),
    nextOn: () => typeof value === 'string' && parseDay(value) !== undefined,
    note: () => isText(value, 2000),
    metWho: () => isText(value, 60),
    place: () => isPlace(value),
  }[key.name]
  return isRight() ? undefined : wrongValue
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length > 3) return false
  const { lat, lon, within } = value as Record<string, unknown>
  const inside = (n: unknown, from: number, to: number) => typeof n === 'number' && n >= from && n <= to
  return inside(lat, -90, 90) && inside(lon, -180, 180) && inside(within, 0, 1e6)
}

interface Facts {
  readonly household: Readonly<Record<string, unknown>>
  readonly persons: readonly { readonly id: string; readonly facts: Readonly<Record<string, unknown>> }[]
}

async function wrongFact(ctx: Ctx, facts: Facts): Promise<Words | undefined> {
  try {
    await checkValues(ctx, facts.household, facts.persons)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return wordsOf(error)
    throw error
  }
}

export const wordsOf = (refused: Refusal): Words => refused.kind.words(refused.facts as never)
