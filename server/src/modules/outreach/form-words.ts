import { dutyWords } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { createHash } from 'node:crypto'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { visitKindWords } from './task.ts'
import { resultWords, riskWords, type VisitForm, visitForms } from './visit-forms.ts'
import type { visitsContract } from './visits-contract.ts'

export type FormsView = NonNullable<AnswerOf<(typeof visitsContract)['POST /sync']>['forms']>
type FormView = FormsView['all'][number]
type Field = FormView['household'][number]

const kinds: Readonly<Record<string, Field['kind']>> = {
  boolean: 'yesNo',
  enum: 'choice',
  integer: 'number',
  number: 'number',
  money: 'money',
  string: 'text',
  date: 'date',
}
const yesNo: Field['options'] = [
  { value: true, words: { zh: '是', en: 'Yes' } },
  { value: false, words: { zh: '不是', en: 'No' } },
]

const made = new WeakMap<LoadedPool, FormsView>()

/** The forms in words, with the choices of the dictionary in use; named by their content, so that a telephone that has them is not sent them again. */
export async function formsInWords(ctx: Ctx): Promise<FormsView> {
  const loaded = await currentPool(ctx)
  let known = made.get(loaded)
  if (!known) {
    const all = Object.values(visitForms).map(form => inWords(loaded, form))
    const version = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)
    made.set(loaded, (known = { version, all }))
  }
  return known
}

/** What a family may be said to need: the choices of the dictionary. */
export async function needsKnown(ctx: Ctx): Promise<ReadonlySet<string>> {
  const { all } = await formsInWords(ctx)
  return new Set((all[0]?.needs ?? []).map(n => String(n.value)))
}

function inWords(loaded: LoadedPool, form: VisitForm): FormView {
  const facts = new Map(loaded.pool.documents.facts.map(f => [f.name, f]))
  const field = (name: string): Field[] => {
    const fact = facts.get(name)
    const kind = fact && kinds[fact.type]
    if (!fact || !kind) return []
    const options = (fact.values ?? []).map(v => ({ value: v.value, words: v.label }))
    return [
      {
        fact: name.replace(/^\w+\./, ''),
        words: fact.label,
        kind,
        options: kind === 'yesNo' ? yesNo : options,
        unit: fact.unit ?? (kind === 'money' ? { zh: '元', en: 'yuan' } : null),
      },
    ]
  }
  const choices = (words: Readonly<Record<string, { zh: string; en: string }>>) =>
    Object.entries(words).map(([value, said]) => ({ value, words: said }))
  return {
    kind: form.kind,
    words: visitKindWords[form.kind],
    opening: form.opening,
    household: form.householdFacts.flatMap(f => field(`household.${f}`)),
    person: form.personFacts.flatMap(({ fact, from, to }) => field(`person.${fact}`).map(f => ({ ...f, from, to }))),
    asks: form.asks.map(a => ({ id: a.id, words: a.words, options: a.choices.map(c => ({ ...c })) })),
    results: form.results.map(value => ({ value, words: resultWords[value] })),
    risks: choices(riskWords),
    duties: choices(dutyWords),
    needs: (facts.get('household.needs')?.values ?? []).map(v => ({ value: v.value, words: v.label })),
  }
}
