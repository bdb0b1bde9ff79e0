import type { Day } from '@zhulian/kernel'
import { monthsSince, said, type Source, whoColumns } from '../source.ts'

/** F05: who finished a university or a vocational school, and where they go. */
export const graduation: Source = {
  id: 'graduation',
  code: 'F05',
  unit: 'education',
  name: { zh: '毕业去向', en: 'Graduates' },
  content: { zh: '高校和中职毕业生及去向', en: 'Graduates of universities and vocational schools, and where they go' },
  rhythm: { zh: '7 月起每月', en: 'monthly from July' },
  legalBasis: {
    zh: '《社会救助暂行办法》就业救助；区教育局与区民政局数据共享',
    en: 'Interim Measures for Social Assistance, help with work; sharing between the two bureaus',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    { key: 'school', headers: ['毕业学校', '毕业院校', '院校名称', '学校名称', 'School'], kind: 'text' },
    {
      key: 'level',
      headers: ['毕业层次', '学历层次', '学历', '层次', 'Level'],
      kind: 'choice',
      required: true,
      choices: {
        博士研究生: 'bachelorPlus',
        硕士研究生: 'bachelorPlus',
        研究生: 'bachelorPlus',
        大学本科: 'bachelorPlus',
        本科: 'bachelorPlus',
        大学专科: 'college',
        专科: 'college',
        大专: 'college',
        高职: 'college',
        中职: 'senior',
        中专: 'senior',
        职高: 'senior',
        技校: 'senior',
      },
    },
    { key: 'graduationDate', headers: ['毕业日期', '毕业时间', 'Graduated on'], kind: 'day', required: true },
    {
      key: 'destination',
      headers: ['毕业去向', '去向', '就业状态', '去向类别', 'Destination'],
      kind: 'choice',
      choices: {
        签约就业: 'employed',
        已就业: 'employed',
        就业: 'employed',
        '10': 'employed',
        自主创业: 'selfEmployed',
        创业: 'selfEmployed',
        灵活就业: 'flexible',
        自由职业: 'flexible',
        升学: 'study',
        国内升学: 'study',
        出国出境: 'study',
        '80': 'study',
        参军入伍: 'army',
        应征义务兵: 'army',
        待就业: 'unemployed',
        未就业: 'unemployed',
        '70': 'unemployed',
        暂不就业: 'later',
      },
    },
  ],
  map({ cells }, today) {
    const on = cells['graduationDate'] as Day
    const goes = cells['destination']
    const studies = goes === 'study'
    return {
      on,
      person: said({
        graduatedOn: on,
        graduatedWithinMonths: monthsSince(on, today),
        educationAttained: cells['level'],
        // Whoever goes on studying stays a student; the next file of schools says where.
        studentStage: studies ? undefined : 'none',
        isFullTimeStudent: studies ? undefined : false,
        employmentStatus: ['employed', 'selfEmployed', 'flexible', 'unemployed'].includes(goes as string)
          ? goes
          : undefined,
      }),
    }
  },
}
