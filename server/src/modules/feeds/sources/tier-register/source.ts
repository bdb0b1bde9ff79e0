import type { Day } from '@zhulian/kernel'
import { fault } from '../fault.ts'
import { type Column, headColumns, labelOf, monthsSince, reversed, said, type Source, tellsWith } from '../source.ts'

const action: Column = {
  key: 'action',
  headers: ['变动类型', '业务类型', '操作类型', 'Action'],
  kind: 'choice',
  required: true,
  choices: {
    新增: 'grant',
    新增认定: 'grant',
    认定: 'grant',
    变更: 'change',
    调整: 'change',
    退出: 'exit',
    停发: 'exit',
    注销: 'exit',
    补贴发放: 'paid',
    发放: 'paid',
  },
}
const tier: Column = {
  key: 'tier',
  headers: ['救助类别', '救助身份', '对象类别', '救助类型', 'Tier'],
  kind: 'choice',
  choices: {
    低保: 'dibao',
    最低生活保障: 'dibao',
    城市低保: 'dibao',
    农村低保: 'dibao',
    低边: 'dibian',
    低保边缘: 'dibian',
    低保边缘家庭: 'dibian',
    特困: 'tekun',
    特困人员: 'tekun',
    特困供养: 'tekun',
    支出型: 'zhichu',
    支出型困难: 'zhichu',
    支出型贫困: 'zhichu',
    支出型困难家庭: 'zhichu',
  },
}
const startDate: Column = {
  key: 'startDate',
  headers: ['起始日期', '享受起始日期', '认定日期', '生效日期', 'From'],
  kind: 'day',
}
const endDate: Column = {
  key: 'endDate',
  headers: ['终止日期', '退出日期', '停发日期', '有效期至', 'Until'],
  kind: 'day',
  ahead: true,
}
const paidOn: Column = {
  key: 'allowancePaidOn',
  headers: ['残疾人两项补贴发放日期', '残补发放日期', '补贴发放日期', 'Disability allowance paid on'],
  kind: 'day',
}

/** F01: who is certified, whose certificate changed or ended, and when a disability allowance was paid. */
export const tierRegister: Source = {
  id: 'tier-register',
  code: 'F01',
  unit: 'civil-affairs',
  name: { zh: '救助认定', en: 'Certified tiers' },
  content: {
    zh: '低保、低边、特困、支出型的认定、变更、退出，残疾人两项补贴发放',
    en: 'Dibao, dibao-marginal, extreme hardship and expenditure-driven: granted, changed, ended; disability allowances paid',
  },
  rhythm: { zh: '每天（变动）', en: 'daily, what changed' },
  legalBasis: {
    zh: '《社会救助暂行办法》；省大救助信息平台数据回流',
    en: 'Interim Measures for Social Assistance; data returned by the provincial rescue platform',
  },
  about: 'household',
  dangerous: true,
  columns: [
    ...headColumns,
    action,
    tier,
    { key: 'householdNo', headers: ['救助家庭编号', '家庭编号', '户编号', 'Household number'], kind: 'text' },
    {
      key: 'memberCount',
      headers: ['保障人数', '家庭人口', '人口数', 'Members'],
      kind: 'number',
      whole: true,
      max: 30,
    },
    { key: 'monthlyAmount', headers: ['月保障金额', '月救助金额', '救助金额', 'Monthly amount'], kind: 'fen' },
    startDate,
    endDate,
    { key: 'exitReason', headers: ['退出原因', '停发原因', 'Reason of exit'], kind: 'text' },
    {
      key: 'classAorB',
      headers: ['分类施保', '类别AB', 'A类B类', 'Class'],
      kind: 'choice',
      choices: { A: 'A', A类: 'A', B: 'B', B类: 'B', C: 'C', C类: 'C' },
    },
    paidOn,
  ],
  map(row, today) {
    const { cells } = row
    const what = cells['action'] as 'grant' | 'change' | 'exit' | 'paid'
    const from = cells['startDate'] as Day | null
    const until = cells['endDate'] as Day | null
    const wrong = reversed(startDate, endDate, row)
    if (wrong) return { quarantine: wrong }
    if (what === 'paid') {
      const paid = cells['allowancePaidOn'] as Day | null
      if (!paid) return { quarantine: tellsWith(paidOn, action, '补贴发放') }
      return { on: paid, person: { disabilityAllowancePaidOn: paid } }
    }
    if (what === 'exit') {
      if (!until) return { quarantine: tellsWith(endDate, action, '退出') }
      if (until > today) return { quarantine: fault('dayAhead', { at: labelOf(endDate), text: until }) }
      return {
        on: until,
        household: {
          certifiedTier: 'none',
          tierSince: null,
          tierUntil: null,
          tierEndedOn: until,
          exitedTierWithin: monthsSince(until, today),
        },
      }
    }
    const word = what === 'grant' ? '新增' : '变更'
    if (!cells['tier']) return { quarantine: tellsWith(tier, action, word) }
    if (!from) return { quarantine: tellsWith(startDate, action, word) }
    return {
      on: from,
      household: { ...said({ certifiedTier: cells['tier'], tierSince: from, tierUntil: until }), tierEndedOn: null },
    }
  },
}
