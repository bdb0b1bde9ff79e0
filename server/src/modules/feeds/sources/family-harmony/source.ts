import type { Day } from '@zhulian/kernel'
import { type Column, headColumns, reversed, said, type Source } from '../source.ts'

const reportedAt: Column = {
  key: 'reportedAt',
  headers: ['赋码日期', '转码日期', '上报日期', '赋码时间', 'Coloured on'],
  kind: 'day',
  required: true,
}
const before: Column = {
  key: 'previousYellowOn',
  headers: ['上次黄码日期', '前次黄码日期', 'Yellow before on'],
  kind: 'day',
}

/** F07: the colour of a household's family-harmony code. */
export const familyHarmony: Source = {
  id: 'family-harmony',
  code: 'F07',
  unit: 'political-legal',
  name: { zh: '家和码', en: 'Family-harmony code' },
  content: { zh: '家庭矛盾风险颜色和原因', en: 'Risk colour of a household and its reason' },
  rhythm: { zh: '每周，转红当天', en: 'weekly, red on the same day' },
  legalBasis: {
    zh: '区委政法委与区民政局数据共享；《反家庭暴力法》《未成年人保护法》',
    en: 'Sharing with the political and legal affairs committee; Anti-Domestic Violence Law, Law on the Protection of Minors',
  },
  about: 'household',
  columns: [
    ...headColumns,
    {
      key: 'colour',
      headers: ['家和码颜色', '码色', '风险颜色', '赋码', '颜色', 'Colour'],
      kind: 'choice',
      required: true,
      choices: {
        红: 'red',
        红码: 'red',
        红色: 'red',
        黄: 'yellow',
        黄码: 'yellow',
        黄色: 'yellow',
        绿: 'green',
        绿码: 'green',
        绿色: 'green',
      },
    },
    {
      key: 'reasonCode',
      headers: ['赋码原因', '风险原因', '转码原因', '原因', 'Reason'],
      kind: 'choice',
      choices: {
        家庭纠纷: 'domesticDispute',
        婚姻家庭纠纷: 'domesticDispute',
        家暴: 'domesticDispute',
        '01': 'domesticDispute',
        邻里纠纷: 'neighbourDispute',
        '02': 'neighbourDispute',
        债务: 'debt',
        债务纠纷: 'debt',
        '03': 'debt',
        精神障碍: 'mentalRisk',
        精神障碍风险: 'mentalRisk',
        '04': 'mentalRisk',
        成瘾: 'addiction',
        涉毒涉赌: 'addiction',
        '05': 'addiction',
        刑满释放: 'release',
        '06': 'release',
        未成年人: 'minor',
        '07': 'minor',
        其他: 'other',
        '99': 'other',
      },
    },
    reportedAt,
    before,
    { key: 'grid', headers: ['网格', '所属网格', '网格编号', 'Grid'], kind: 'text' },
  ],
  map(row) {
    const { cells } = row
    const wrong = reversed(before, reportedAt, row)
    if (wrong) return { quarantine: wrong }
    const on = cells['reportedAt'] as Day
    const earlier = cells['previousYellowOn'] as Day | null
    const colour = cells['colour']
    if (colour === 'green') return { on, household: { harmonyRedOn: null, harmonyReason: null } }
    const reason = cells['reasonCode']
    const quarrel = reason === 'domesticDispute' || reason === 'neighbourDispute'
    const more = said({
      harmonyReason: reason,
      conflict: quarrel ? (colour === 'red' ? 'serious' : 'some') : undefined,
    })
    if (colour === 'red') return { on, household: { harmonyRedOn: on, ...more } }
    return {
      on,
      household: { ...said({ harmonyYellowOn: on, harmonyYellowBeforeOn: earlier }), harmonyRedOn: null, ...more },
    }
  },
  // Files seldom name the yellow before; the registry knows it.
  beside(says, known) {
    const [now, before] = [says.household?.['harmonyYellowOn'], known.household?.['harmonyYellowOn']]
    const said = says.household?.['harmonyYellowBeforeOn']
    if (said !== undefined || typeof now !== 'string' || typeof before !== 'string' || before >= now) return says
    return { ...says, household: { ...says.household, harmonyYellowBeforeOn: before } }
  },
}
