import type { Words } from '@zhulian/kernel'
import type { ConsentKind } from './tables.ts'

/** What one agrees to. A new wording gets a new version; the old ones stay here for as long as anybody agreed to them. */
export const consentTexts: readonly {
  readonly kind: ConsentKind
  readonly textVersion: string
  readonly text: Words
}[] = [
  {
    kind: 'tellGuide',
    textVersion: '2021-09',
    text: {
      zh: '我同意把这次的结果、我的姓名和电话给本村的导服员和镇里的民政工作人员看，用来帮我办理。我随时可以收回。',
      en: 'I agree that the guide of my village and the civil affairs staff of my township may see this result, my name and my telephone number, to help me apply. I may withdraw this at any time.',
    },
  },
  {
    kind: 'useRegistry',
    textVersion: '2021-09',
    text: {
      zh: '我同意在这次导服里使用区里已经登记的我家情况，由我逐项确认，少答几题。我随时可以收回。',
      en: 'I agree that what the district has on record of my family is used in this interview, each item confirmed by me, so that fewer questions are asked. I may withdraw this at any time.',
    },
  },
]

/** The wording of a version, or the newest. */
export const consentText = (kind: ConsentKind, textVersion?: string) =>
  consentTexts.findLast(t => t.kind === kind && (textVersion === undefined || t.textVersion === textVersion)) ??
  (consentTexts.findLast(t => t.kind === kind) as (typeof consentTexts)[number])
