import type { Day } from '@zhulian/kernel'
import { type Source, whoColumns } from '../source.ts'

/** F25: union members with a file of hardship. */
export const union: Source = {
  id: 'union',
  code: 'F25',
  unit: 'trade-union',
  name: { zh: '困难职工建档', en: 'Workers in hardship' },
  content: { zh: '工会困难职工档案', en: 'Files of workers in hardship' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: { zh: '《工会法》；困难职工帮扶工作', en: 'Trade Union Law; help for workers in hardship' },
  about: 'person',
  columns: [
    ...whoColumns,
    { key: 'fileNo', headers: ['档案编号', '建档编号', '困难职工档案号', 'File'], kind: 'text', required: true },
    { key: 'filedOn', headers: ['建档日期', '建档时间', 'Filed on'], kind: 'day', required: true },
    {
      key: 'cause',
      headers: ['致困原因', '困难原因', '主要致困原因', 'Cause'],
      kind: 'choice',
      choices: {
        本人大病: 'illness',
        疾病: 'illness',
        家属大病: 'illness',
        子女上学: 'schooling',
        收入低: 'lowIncome',
        低收入: 'lowIncome',
        残疾: 'disability',
        意外灾害: 'accident',
        单亲: 'singleParent',
        其他: 'other',
      },
    },
  ],
  map({ cells }) {
    return { on: cells['filedOn'] as Day, person: { isUnionMember: true } }
  },
}
