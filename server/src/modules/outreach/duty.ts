import type { Words } from '@zhulian/kernel'
import type { Step } from './case.ts'

/** The four duties of a guide. @source source document, 导服网络: 代办、咨询、资源链接、帮扶计划 */
export const duties = ['filing', 'advice', 'linking', 'plan'] as const
export type Duty = (typeof duties)[number]

export const dutyWords: Readonly<Record<Duty, Words>> = {
  filing: { zh: '代办', en: 'Filing for somebody' },
  advice: { zh: '咨询', en: 'Advice' },
  linking: { zh: '资源链接', en: 'Linking resources' },
  plan: { zh: '帮扶计划', en: 'Help plan' },
}

/** Which step of a case is a piece of which duty; the others are none. */
export const dutyOfStep: Readonly<Partial<Record<Step, Duty>>> = { file: 'filing', contact: 'advice' }

export const dutyOrigins = ['hand', 'case', 'visit'] as const
export type DutyOrigin = (typeof dutyOrigins)[number]
