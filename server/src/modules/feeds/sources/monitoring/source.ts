import type { Day } from '@zhulian/kernel'
import { type Column, headColumns, reversed, said, type Source, tellsWith } from '../source.ts'

const entered: Column = {
  key: 'entryDate',
  headers: ['纳入监测日期', '识别日期', '纳入日期', '认定日期', 'Monitored since'],
  kind: 'day',
  required: true,
}
const removed: Column = {
  key: 'riskRemoved',
  headers: ['风险是否消除', '是否消除风险', '风险消除', 'Risk removed'],
  kind: 'yesNo',
}
const removedOn: Column = {
  key: 'removedOn',
  headers: ['风险消除日期', '消除日期', 'Risk removed on'],
  kind: 'day',
}

/** F11: households watched against falling back into poverty, and low-income farmers. */
export const monitoring: Source = {
  id: 'monitoring',
  code: 'F11',
  unit: 'agriculture-rural',
  name: { zh: '防返贫监测', en: 'Monitoring against relapse' },
  content: { zh: '防返贫监测户，低收入农户', en: 'Monitored households, low-income farmers' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《乡村振兴促进法》；防止返贫动态监测和帮扶机制',
    en: 'Rural Revitalisation Promotion Law; the mechanism of monitoring against relapse',
  },
  about: 'household',
  dangerous: true,
  columns: [
    ...headColumns,
    {
      key: 'monitorClass',
      headers: ['监测对象类别', '监测类别', '监测户类型', '户类型', 'Class'],
      kind: 'choice',
      required: true,
      choices: {
        脱贫不稳定户: 'unstable',
        脱贫不稳定: 'unstable',
        边缘易致贫户: 'marginal',
        边缘易致贫: 'marginal',
        突发严重困难户: 'suddenHardship',
        突发严重困难: 'suddenHardship',
        非监测户: 'none',
        不是监测户: 'none',
      },
    },
    { key: 'riskReason', headers: ['返贫致贫风险', '风险类型', '致贫原因', '监测原因', 'Reason'], kind: 'text' },
    entered,
    removed,
    removedOn,
    { key: 'lowIncomeFarmer', headers: ['是否低收入农户', '低收入农户', 'Low-income farmer'], kind: 'yesNo' },
  ],
  map(row) {
    const { cells } = row
    const farmer = said({ lowIncomeFarmer: cells['lowIncomeFarmer'] })
    if (cells['riskRemoved'] === true) {
      const on = cells['removedOn'] as Day | null
      if (!on) return { quarantine: tellsWith(removedOn, removed, '是') }
      const wrong = reversed(entered, removedOn, row)
      if (wrong) return { quarantine: wrong }
      return { on, household: { monitorClass: 'none', monitoredSince: null, ...farmer } }
    }
    const on = cells['entryDate'] as Day
    const watched = cells['monitorClass'] !== 'none'
    return {
      on,
      household: { monitorClass: cells['monitorClass'], monitoredSince: watched ? on : null, ...farmer },
    }
  },
}
