import type { Words } from '@zhulian/kernel'
import type { AgeBand } from '../registry/index.ts'

/** What a wish is: a need as the world may read it, without whose it is; once somebody took it, nobody else can. */
export const wishStates = ['open', 'claimed', 'kept', 'expired', 'withdrawn'] as const
export type WishState = (typeof wishStates)[number]

export const wishStateWords: Readonly<Record<WishState, Words>> = {
  open: { zh: '等人认领', en: 'Open' },
  claimed: { zh: '有人认领', en: 'Claimed' },
  kept: { zh: '实现了', en: 'Come true' },
  expired: { zh: '过期了', en: 'Run out' },
  withdrawn: { zh: '撤下了', en: 'Taken down' },
}

/** Fewest households of the registry among whom the family behind a published wish has to be one. */
export const fewestAlike = 5

/** How old somebody is, as a wish may say it. */
export const ageBands: readonly { readonly id: string; readonly band: AgeBand; readonly words: Words }[] = [
  { id: '0-5', band: [0, 6], words: { zh: '学龄前孩子', en: 'a child under school age' } },
  { id: '6-11', band: [6, 12], words: { zh: '小学年纪的孩子', en: 'a child of primary school age' } },
  { id: '12-17', band: [12, 18], words: { zh: '中学年纪的孩子', en: 'a child of secondary school age' } },
  { id: '18-39', band: [18, 40], words: { zh: '18到39岁', en: '18 to 39' } },
  { id: '40-59', band: [40, 60], words: { zh: '40到59岁', en: '40 to 59' } },
  { id: '60-69', band: [60, 70], words: { zh: '60多岁', en: 'in the sixties' } },
  { id: '70-79', band: [70, 80], words: { zh: '70多岁', en: 'in the seventies' } },
  { id: '80+', band: [80, undefined], words: { zh: '80岁以上', en: '80 or older' } },
]

export const bandOf = (age: number | null) =>
  age === null
    ? undefined
    : ageBands.find(({ band: [from, before] }) => age >= from && (before === undefined || age < before))

export const bandWords = (id: string | null): Words | null => ageBands.find(b => b.id === id)?.words ?? null
