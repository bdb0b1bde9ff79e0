import type { Day } from '@zhulian/kernel'
import { type Column, reversed, said, type Source, whoColumns } from '../source.ts'

const registered: Column = {
  key: 'registrationDate',
  headers: ['失业登记日期', '登记日期', '失业登记时间', '登记时间', 'Registered on'],
  kind: 'day',
  required: true,
}
const benefitEnds: Column = {
  key: 'benefitEndDate',
  headers: ['失业保险金截止日期', '失业金截止日期', '失业金领取截止日', '待遇截止日期', 'Benefit ends on'],
  kind: 'day',
  ahead: true,
}

/** F02: who registered as unemployed, and how long the benefit is paid. */
export const unemployment: Source = {
  id: 'unemployment',
  code: 'F02',
  unit: 'hrss',
  name: { zh: '失业登记', en: 'Unemployment registration' },
  content: { zh: '新办的失业登记，失业保险金的起止', en: 'New unemployment registrations, benefit start and end' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '《社会救助暂行办法》第五十八条（部门信息共享）',
    en: 'Interim Measures for Social Assistance, Art. 58 (sharing between departments)',
  },
  about: 'person',
  youngest: 16,
  columns: [
    ...whoColumns,
    registered,
    { key: 'lastEmployer', headers: ['原工作单位', '原单位', '失业前单位', 'Last employer'], kind: 'text' },
    {
      key: 'leaveReason',
      headers: ['失业原因', '离职原因', '解除劳动关系原因', 'Reason'],
      kind: 'choice',
      choices: {
        终止劳动合同: 'ended',
        合同期满: 'ended',
        '01': 'ended',
        解除劳动合同: 'dismissed',
        被辞退: 'dismissed',
        '02': 'dismissed',
        单位破产关闭: 'closed',
        企业关停: 'closed',
        '03': 'closed',
        本人辞职: 'resigned',
        '04': 'resigned',
        其他: 'other',
        '99': 'other',
      },
    },
    {
      key: 'benefitMonths',
      headers: ['核定领取月数', '失业金月数', '领取月数', 'Benefit months'],
      kind: 'number',
      whole: true,
      max: 24,
    },
    benefitEnds,
    {
      key: 'educationLevel',
      headers: ['文化程度', '学历', 'Education'],
      kind: 'choice',
      choices: {
        文盲: 'none',
        未上学: 'none',
        小学: 'primary',
        初中: 'junior',
        高中: 'senior',
        中专: 'senior',
        职高: 'senior',
        技校: 'senior',
        中专中技: 'senior',
        大专: 'college',
        大学专科: 'college',
        本科: 'bachelorPlus',
        大学本科: 'bachelorPlus',
        硕士: 'bachelorPlus',
        研究生: 'bachelorPlus',
        博士: 'bachelorPlus',
      },
    },
    {
      key: 'seeksJob',
      headers: ['是否求职', '有求职意愿', '求职意愿', '是否有求职意愿', 'Seeks a job'],
      kind: 'yesNo',
    },
  ],
  map(row) {
    const { cells } = row
    const wrong = reversed(registered, benefitEnds, row)
    if (wrong) return { quarantine: wrong }
    const on = cells['registrationDate'] as Day
    return {
      on,
      person: said({
        registeredUnemployed: true,
        employmentStatus: 'unemployed',
        unemploymentRegisteredOn: on,
        unemploymentBenefitMonths: cells['benefitMonths'],
        unemploymentBenefitEndsOn: cells['benefitEndDate'],
        educationAttained: cells['educationLevel'],
        willingToWork: cells['seeksJob'],
      }),
    }
  },
}
