import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** F24: who served, and who belongs to a priority group. */
export const veterans: Source = {
  id: 'veterans',
  code: 'F24',
  unit: 'veterans',
  name: { zh: '退役军人和优抚对象', en: 'Veterans' },
  content: { zh: '退役军人身份，优抚对象，烈属', en: 'Veterans, priority groups, families of martyrs' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《退役军人保障法》《军人抚恤优待条例》',
    en: 'Veterans Protection Law; Regulations on Pensions and Preferential Treatment',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    { key: 'checkedOn', headers: ['数据日期', '统计日期', '认定日期', 'As of'], kind: 'day', required: true },
    { key: 'veteran', headers: ['是否退役军人', '退役军人', 'Veteran'], kind: 'yesNo', required: true },
    { key: 'priorityGroup', headers: ['是否优抚对象', '优抚对象', 'Priority group'], kind: 'yesNo' },
    { key: 'martyrFamily', headers: ['是否烈属', '烈属', 'Family of a martyr'], kind: 'yesNo' },
  ],
  map({ cells }) {
    return {
      on: cells['checkedOn'] as Day,
      person: said({
        isVeteran: cells['veteran'],
        veteranPriorityGroup: cells['priorityGroup'],
        isMartyrFamily: cells['martyrFamily'],
      }),
    }
  },
}
