import type { Day } from '@zhulian/kernel'
import { type Column, said, type Source, whoColumns, yuan } from '../source.ts'

const most = 100_000_000_000
const money = (key: string, headers: readonly string[], max = most): Column => ({ key, headers, kind: 'fen', max })
const monthly = 1_000_000_000

/** F21: what banks, tax, markets, land and the housing fund know, on request and with authorisation. */
export const meansCheck: Source = {
  id: 'means-check',
  code: 'F21',
  unit: 'civil-affairs',
  name: { zh: '家庭经济状况核对报告', en: 'Means-test report' },
  content: {
    zh: '银行、税务、市场监管、不动产、公积金（按请求）',
    en: 'Banks, tax, markets, land, housing fund, on request',
  },
  rhythm: { zh: '按核对请求，5 个工作日内', en: 'on request, within 5 working days' },
  legalBasis: {
    zh: '《社会救助暂行办法》家庭经济状况核对；家庭书面授权',
    en: 'Interim Measures for Social Assistance, means test; with the written authorisation of the family',
  },
  about: 'person',
  dangerous: true,
  columns: [
    ...whoColumns,
    {
      key: 'authorisation',
      headers: ['授权编号', '核对授权编号', '授权书编号', 'Authorisation'],
      kind: 'text',
      required: true,
    },
    { key: 'checkedOn', headers: ['核对日期', '报告日期', '出具日期', 'Checked on'], kind: 'day', required: true },
    money('financialAssets', ['金融资产', '金融资产合计', '银行存款', '存款等金融资产', 'Financial assets']),
    money('wageMonthly', ['月工资性收入', '月工资收入', '工资（元/月）', 'Wage a month'], monthly),
    money('businessIncomeMonthly', ['月经营净收入', '经营净收入（元/月）', 'Business income a month'], monthly),
    money('propertyIncomeMonthly', ['月财产净收入', '财产净收入（元/月）', 'Property income a month'], monthly),
    money('pensionMonthly', ['月养老金', '养老金（元/月）', '养老待遇', 'Pension a month'], monthly),
    {
      key: 'housingCount',
      headers: ['全家住房套数', '家庭住房套数', '住房套数', 'Dwellings'],
      kind: 'number',
      whole: true,
      max: 50,
    },
    {
      key: 'nonResidentialCount',
      headers: ['全家非居住用房数', '非居住用房套数', '非住宅套数', 'Other property'],
      kind: 'number',
      whole: true,
      max: 50,
    },
    money('enterpriseCapital', ['认缴出资额', '企业认缴出资', 'Capital in enterprises']),
  ],
  map({ cells }) {
    return {
      on: cells['checkedOn'] as Day,
      person: said({
        financialAssets: yuan(cells['financialAssets']),
        wageMonthly: yuan(cells['wageMonthly']),
        businessIncomeMonthly: yuan(cells['businessIncomeMonthly']),
        propertyIncomeMonthly: yuan(cells['propertyIncomeMonthly']),
        pensionMonthly: yuan(cells['pensionMonthly']),
      }),
      household: said({
        housingCount: cells['housingCount'],
        nonResidentialPropertyCount: cells['nonResidentialCount'],
        enterpriseCapital: yuan(cells['enterpriseCapital']),
      }),
    }
  },
}
