import type { Words } from './words.ts'

/** The four duties of a guide. @source source document, 导服网络: 代办、咨询、资源链接、帮扶计划 */
export const duties = ['filing', 'advice', 'linking', 'plan'] as const
export type Duty = (typeof duties)[number]

export const dutyWords: Readonly<Record<Duty, Words>> = {
  filing: { zh: '代办', en: 'Filing for somebody' },
  advice: { zh: '咨询', en: 'Advice' },
  linking: { zh: '资源链接', en: 'Linking resources' },
  plan: { zh: '帮扶计划', en: 'Help plan' },
}
