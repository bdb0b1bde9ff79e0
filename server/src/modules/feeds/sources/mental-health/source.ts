import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** F18: risk grade and follow-up of registered severe mental disorders; for health workers only. */
export const mentalHealth: Source = {
  id: 'mental-health',
  code: 'F18',
  unit: 'health',
  name: { zh: '严重精神障碍随访', en: 'Follow-up of severe mental disorders' },
  content: { zh: '危险性评估等级，逾期未随访次数', en: 'Risk grade, follow-ups overdue' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《精神卫生法》；严重精神障碍管理治疗工作规范',
    en: 'Mental Health Law; national norms for the care of severe mental disorders',
  },
  about: 'person',
  restricted: true,
  columns: [
    ...whoColumns,
    {
      key: 'assessedOn',
      headers: ['评估日期', '随访日期', '最近随访日期', 'Assessed on'],
      kind: 'day',
      required: true,
    },
    {
      key: 'riskGrade',
      headers: ['危险性评估等级', '危险等级', '风险等级', 'Risk grade'],
      kind: 'number',
      whole: true,
      required: true,
      max: 5,
    },
    {
      key: 'followUpOverdue',
      headers: ['逾期未随访次数', '超期随访次数', '未随访次数', 'Overdue'],
      kind: 'number',
      whole: true,
      max: 99,
    },
  ],
  map({ cells }) {
    return {
      on: cells['assessedOn'] as Day,
      // severeMentalDisorder is not filled from here: others who open the household would read it.
      person: said({ mentalRiskGrade: cells['riskGrade'], mentalFollowUpsOverdue: cells['followUpOverdue'] }),
    }
  },
}
