import type { Case, CaseStep } from '../kinds.ts'

/** What a step asks for, as being filled in. */
export interface StepForm {
  readonly how: string
  readonly note: string
  readonly day: string
  /** `policy` or `policy person`: which checklist. */
  readonly policy: string
  readonly papers: Readonly<Record<string, string>>
  readonly filedAt: string
  readonly to: string
  readonly reason: string
  readonly outcome: string
}

export type StepField = keyof StepForm

export const emptyForm = (today: string): StepForm => ({
  how: '',
  note: '',
  day: today,
  policy: '',
  papers: {},
  filedAt: '',
  to: '',
  reason: '',
  outcome: '',
})

export type Checklist = Case['checklists'][number]
export const checklistKey = (list: Checklist): string =>
  list.person === null ? list.policy.id : `${list.policy.id} ${list.person}`

const wholeDay = /^\d{4}-\d{2}-\d{2}$/
const atLeast = (text: string, length: number) => text.trim().length >= length

/** What still has to be filled in, in the order of the page. A contact needs no note; a visit and a closing do. */
export function missingOf(
  form: StepForm,
  step: CaseStep,
  asks: readonly string[],
  papers: readonly string[],
): readonly StepField[] {
  const checks: readonly (readonly [StepField, boolean])[] = [
    ['how', atLeast(form.how, 1)],
    ['policy', atLeast(form.policy, 1)],
    ['papers', papers.every(paper => form.papers[paper])],
    ['filedAt', atLeast(form.filedAt, 2)],
    ['day', wholeDay.test(form.day)],
    ['to', atLeast(form.to, 1)],
    ['reason', atLeast(form.reason, 2)],
    ['outcome', atLeast(form.outcome, 1)],
    ['note', step === 'contact' || atLeast(form.note, step === 'visit' ? 4 : 2)],
  ]
  return checks.flatMap(([field, holds]) => (asks.includes(field) && !holds ? [field] : []))
}
