import type { Day } from '@zhulian/kernel'
import { type Column, headColumns, reversed, said, type Source, without } from '../source.ts'

const readOn: Column = {
  key: 'readOn',
  headers: ['抄表日期', '统计日期', '数据日期', 'Read on'],
  kind: 'day',
  required: true,
}
const lastUsed: Column = {
  key: 'lastUseDate',
  headers: ['最近使用日期', '最后使用日期', '末次用量日期', 'Last used on'],
  kind: 'day',
}

/** F22: how much power and water a household uses, and when it last did. */
export const utilities: Source = {
  id: 'utilities',
  code: 'F22',
  unit: 'power-grid',
  name: { zh: '水电气用量', en: 'Power, water, gas' },
  content: { zh: '异常用量，惠民联办享受情况', en: 'Unusual use; receipt of joint benefits' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '供电、水务、燃气、华数与区民政局数据共享；家庭同意',
    en: 'Sharing by the utilities; with the consent of the household',
  },
  about: 'household',
  columns: [
    ...headColumns,
    {
      key: 'utility',
      headers: ['类别', '用能类别', '能源类别', '业务类别', 'Utility'],
      kind: 'choice',
      required: true,
      choices: {
        电: 'electricity',
        用电: 'electricity',
        电力: 'electricity',
        水: 'water',
        用水: 'water',
        自来水: 'water',
        气: 'gas',
        燃气: 'gas',
        天然气: 'gas',
        有线电视: 'cableTv',
        华数: 'cableTv',
      },
    },
    {
      key: 'accountNo',
      headers: ['户号', '用户编号', '客户编号', '缴费户号', 'Account'],
      kind: 'text',
      required: true,
    },
    {
      key: 'kwh30',
      headers: ['近30天用电量', '近30天用电', '月用电量', 'kWh in 30 days'],
      kind: 'number',
      max: 100_000,
    },
    {
      key: 'm330',
      headers: ['近30天用水量', '近30天用气量', '月用水量', 'm3 in 30 days'],
      kind: 'number',
      max: 100_000,
    },
    lastUsed,
    readOn,
    { key: 'anomaly', headers: ['是否异常', '用量异常', '异常标志', 'Unusual'], kind: 'yesNo' },
    { key: 'applied', headers: ['是否享受惠民联办', '惠民联办', '是否享受优惠', 'Joint benefit'], kind: 'yesNo' },
  ],
  map(row) {
    const { cells } = row
    const wrong = reversed(lastUsed, readOn, row)
    if (wrong) return { quarantine: wrong }
    const power = cells['utility'] === 'electricity'
    const used = power || cells['utility'] === 'water'
    return {
      on: cells['readOn'] as Day,
      household: said({
        [`${cells['utility'] as string}AccountNo`]: cells['accountNo'],
        kwh30: power ? cells['kwh30'] : undefined,
        utilityLastUsedOn: used ? cells['lastUseDate'] : undefined,
        utilityReadOn: used && cells['lastUseDate'] !== null ? cells['readOn'] : undefined,
        spendingAnomaly: cells['anomaly'],
      }),
    }
  },
  // Power and water come in rows of their own: whoever used either is at home.
  beside(says, known) {
    const { household = {} } = says
    const older = ['utilityLastUsedOn', 'utilityReadOn'].filter(fact => {
      const [now, before] = [household[fact], known.household?.[fact]]
      return typeof now === 'string' && typeof before === 'string' && before > now
    })
    return older.length > 0 ? { ...says, household: without(household, ...older) } : says
  },
}
