import type { Day } from '@zhulian/kernel'
import { type Column, headColumns, said, type Source, tellsWith } from '../source.ts'

const danger: Column = {
  key: 'dangerLevel',
  headers: ['危房等级', '鉴定等级', '房屋鉴定等级', '危险等级', 'Grade'],
  kind: 'choice',
  choices: { A: 'A', A级: 'A', B: 'B', B级: 'B', C: 'C', C级: 'C', D: 'D', D级: 'D' },
}
const appraised: Column = { key: 'appraisalDate', headers: ['鉴定日期', '鉴定时间', 'Appraised on'], kind: 'day' }

/** F12: how a dwelling was appraised, and who lives in a public flat. */
export const housing: Source = {
  id: 'housing',
  code: 'F12',
  unit: 'housing',
  name: { zh: '危房和公租房', en: 'Dangerous houses and public rental' },
  content: { zh: '房屋安全鉴定，公租房配租和补贴', en: 'Appraisal of dwellings; public rental and rent allowance' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《社会救助暂行办法》住房救助；浙江省房屋使用安全管理规定',
    en: 'Interim Measures for Social Assistance, housing assistance; provincial rules on safe use of houses',
  },
  about: 'household',
  columns: [
    ...headColumns,
    danger,
    appraised,
    {
      key: 'publicRentalStatus',
      headers: ['公租房状态', '公租房情况', '保障方式', 'Public rental'],
      kind: 'choice',
      choices: {
        已配租: 'flat',
        实物配租: 'flat',
        租赁补贴: 'allowance',
        货币补贴: 'allowance',
        轮候: 'waiting',
        轮候中: 'waiting',
        未享受: 'none',
        已退出: 'none',
      },
    },
    { key: 'checkedOn', headers: ['数据日期', '统计日期', 'As of'], kind: 'day' },
  ],
  anyOf: ['dangerLevel', 'publicRentalStatus'],
  map({ cells }, today) {
    const [level, on] = [cells['dangerLevel'], cells['appraisalDate'] as Day | null]
    if (level !== null && !on) return { quarantine: tellsWith(appraised, danger, `${String(level)} 级`) }
    return {
      on: on ?? (cells['checkedOn'] as Day | null) ?? today,
      household: said({
        dwellingDangerLevel: level,
        dangerAppraisedOn: level === null ? undefined : on,
        housingTenure: cells['publicRentalStatus'] === 'flat' ? 'rentedPublic' : undefined,
      }),
    }
  },
}
