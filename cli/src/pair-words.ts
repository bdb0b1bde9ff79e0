import type { Language } from '@zhulian/kernel'
import type { Explanation, Reason } from '@zhulian/linkage'

const reasons = {
  ambiguous: { zh: '还有别人同样像', en: 'somebody else is as alike' },
  sameNumberOtherName: { zh: '身份证号相同而姓名不同', en: 'the same identity number, another name' },
  twoValidNumbers: {
    zh: '其余全同，而两个身份证号都有效却不同',
    en: 'all the same but for two valid identity numbers',
  },
  taken: { zh: '对方已与更像的一行配上', en: 'the other one is linked to a row more alike' },
}

export const throughOthersWords = { zh: '经同组其他行相连', en: 'through others of the group' }

export const reasonWords = (reason: Reason | undefined, lang: Language): string =>
  reason === undefined ? '' : reasons[reason][lang]

/** `姓名 同音 +12.1；电话 不同 -1.9` */
export const explanationWords = (explanation: Explanation, lang: Language): string =>
  explanation
    .filter(e => e.level !== undefined)
    .map(e => `${e.words[lang]} ${e.level?.[lang]} ${e.weight >= 0 ? '+' : ''}${e.weight.toFixed(1)}`)
    .join(lang === 'zh' ? '；' : '; ')
