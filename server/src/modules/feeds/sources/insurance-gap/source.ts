import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** F09: who has no medical insurance for a year. */
export const insuranceGap: Source = {
  id: 'insurance-gap',
  code: 'F09',
  unit: 'healthcare-security',
  name: { zh: '医保未参保', en: 'Without medical insurance' },
  content: { zh: '某年度医保参保情况', en: 'Medical insurance of a year' },
  rhythm: { zh: '年底每月', en: 'monthly at the end of the year' },
  legalBasis: {
    zh: '《社会保险法》；资助困难群众参保政策',
    en: 'Social Insurance Law; subsidised premiums for people in hardship',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    {
      key: 'year',
      headers: ['参保年度', '年度', '医保年度', 'Year'],
      kind: 'number',
      whole: true,
      required: true,
      min: 2000,
      max: 2100,
    },
    {
      key: 'insuranceStatus',
      headers: ['参保状态', '参保情况', '医保参保状态', 'Insurance'],
      kind: 'choice',
      required: true,
      choices: {
        未参保: 'none',
        断保: 'none',
        停保: 'none',
        '0': 'none',
        居民医保: 'resident',
        城乡居民医保: 'resident',
        城乡居民基本医疗保险: 'resident',
        职工医保: 'employee',
        职工基本医疗保险: 'employee',
      },
    },
    { key: 'checkedOn', headers: ['核对日期', '统计日期', '数据日期', 'As of'], kind: 'day' },
  ],
  map({ cells }, today) {
    const none = cells['insuranceStatus'] === 'none'
    return {
      on: (cells['checkedOn'] as Day | null) ?? today,
      person: {
        ...said({ medicalInsurance: cells['insuranceStatus'] }),
        uninsuredYear: none ? (cells['year'] as number) : null,
      },
    }
  },
}
