import { type Day, day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** F03: who began, stopped or resumed paying social insurance. */
export const employmentInsurance: Source = {
  id: 'employment-insurance',
  code: 'F03',
  unit: 'hrss',
  name: { zh: '社保参保变动', en: 'Social insurance changes' },
  content: { zh: '社会保险参保、停保、续保', en: 'Social insurance begun, stopped, resumed' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《社会救助暂行办法》《社会保险法》（部门信息核对）',
    en: 'Interim Measures for Social Assistance; Social Insurance Law (checks between departments)',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    {
      key: 'insuranceType',
      headers: ['险种', '险种类型', '参保险种', 'Insurance'],
      kind: 'choice',
      choices: {
        企业职工基本养老保险: 'employeePension',
        职工养老保险: 'employeePension',
        养老保险: 'employeePension',
        '110': 'employeePension',
        城乡居民养老保险: 'residentPension',
        居民养老保险: 'residentPension',
        '170': 'residentPension',
        机关事业单位养老保险: 'governmentPension',
        '120': 'governmentPension',
        失业保险: 'other',
        '210': 'other',
        工伤保险: 'other',
        '410': 'other',
        职工医疗保险: 'other',
        医疗保险: 'other',
        生育保险: 'other',
        五险: 'employeePension',
      },
    },
    {
      key: 'action',
      headers: ['变动类型', '变更类型', '参保状态变动', '增减标志', 'Action'],
      kind: 'choice',
      required: true,
      choices: {
        参保: 'start',
        新参保: 'start',
        新增: 'start',
        增员: 'start',
        停保: 'stop',
        暂停缴费: 'stop',
        中断: 'stop',
        减员: 'stop',
        续保: 'resume',
        恢复缴费: 'resume',
        转入: 'resume',
      },
    },
    {
      key: 'insuredAs',
      headers: ['参保身份', '缴费人员类别', '人员类别', 'Insured as'],
      kind: 'choice',
      choices: {
        单位职工: 'employed',
        在职职工: 'employed',
        职工: 'employed',
        灵活就业: 'flexible',
        灵活就业人员: 'flexible',
        个体工商户: 'selfEmployed',
      },
    },
    {
      key: 'reason',
      headers: ['停保原因', '变动原因', '减员原因', 'Reason'],
      kind: 'choice',
      choices: {
        离职: 'left',
        解除合同: 'left',
        合同到期: 'left',
        断缴: 'left',
        退休: 'retired',
        死亡: 'died',
        其他: 'other',
      },
    },
    { key: 'base', headers: ['缴费基数', '缴费工资基数', 'Base'], kind: 'fen' },
    { key: 'wage', headers: ['申报工资', '月工资', '实发工资', 'Wage'], kind: 'fen', max: 1_000_000_000 },
    { key: 'employerCode', headers: ['单位编号', '单位社会信用代码', '统一社会信用代码', 'Employer'], kind: 'text' },
    {
      key: 'month',
      headers: ['变动月份', '变动年月', '费款所属期', '所属期', '业务年月', 'Month'],
      kind: 'month',
      required: true,
    },
  ],
  map({ cells }) {
    const on = day(`${cells['month'] as string}-01`)
    return { on, person: cells['action'] === 'stop' ? stopped(on, cells['reason']) : started(on, cells) }
  },
}

/** Leaving for a pension is no risk; a death comes with its own file. */
function stopped(on: Day, reason: unknown) {
  if (reason === 'retired') return { employmentStatus: 'retired' }
  return reason === 'died' ? {} : { insuranceStoppedOn: on }
}

/** The base has a floor above what many earn: it is no wage and is not taken for one. */
function started(on: Day, cells: Readonly<Record<string, unknown>>) {
  const working = cells['insuranceType'] !== 'residentPension'
  const wage = typeof cells['wage'] === 'number' ? cells['wage'] / 100 : undefined
  return {
    ...said({
      insuranceStartedOn: on,
      pensionScheme: schemes[cells['insuranceType'] as keyof typeof schemes],
      employmentStatus: working ? (cells['insuredAs'] ?? 'employed') : undefined,
      registeredUnemployed: working ? false : undefined,
      newJobSince: working && cells['action'] === 'start' ? on : undefined,
      wageMonthly: wage,
    }),
    insuranceStoppedOn: null,
  }
}
const schemes = { employeePension: 'employee', residentPension: 'resident', governmentPension: 'government' } as const
