import type { DeskWords } from './zh.ts'

const s = (n: number) => (n === 1 ? '' : 's')

export const en: DeskWords = {
  plenty: n => `${n} working day${s(n)} left`,
  dueToday: 'due today',
  lateBy: n => `${n} working day${s(n)} late`,
  noLimit: 'no limit',
  before: 'Previous',
  after: 'Next',
  pages: 'Pages',
  page: n => `Page ${n}`,
}
