import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

const levels = {
  大学本科: 'undergraduate',
  普通本科: 'undergraduate',
  本科: 'undergraduate',
  本科一批: 'undergraduate',
  大学专科: 'college',
  高职专科: 'college',
  高职: 'college',
  专科: 'college',
  大专: 'college',
  硕士研究生: 'postgraduate',
  研究生: 'postgraduate',
  普通高中: 'seniorHigh',
  高中: 'seniorHigh',
  中等职业学校: 'vocational',
  中职: 'vocational',
  中专: 'vocational',
  职高: 'vocational',
  技校: 'vocational',
}

/** F04: who was admitted to a university or a vocational school. */
export const admission: Source = {
  id: 'admission',
  code: 'F04',
  unit: 'education',
  name: { zh: '升学录取', en: 'Admissions' },
  content: { zh: '高考录取，高中和中职录取', en: 'Admission after the gaokao, to senior high and vocational schools' },
  rhythm: { zh: '7 至 9 月每周', en: 'weekly from July to September' },
  legalBasis: {
    zh: '《社会救助暂行办法》教育救助；区教育局与区民政局数据共享',
    en: 'Interim Measures for Social Assistance, education aid; sharing between the two bureaus',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    {
      key: 'school',
      headers: ['录取学校', '录取院校', '院校名称', '学校名称', 'School'],
      kind: 'text',
      required: true,
    },
    {
      key: 'level',
      headers: ['录取层次', '录取批次', '学历层次', '层次', 'Level'],
      kind: 'choice',
      required: true,
      choices: levels,
    },
    { key: 'major', headers: ['录取专业', '专业名称', '专业', 'Major'], kind: 'text' },
    {
      key: 'tuitionPerYear',
      headers: ['学费（元/年）', '学年学费', '每年学费', '学费', 'Tuition a year'],
      kind: 'fen',
      max: 50_000_000,
    },
    { key: 'admissionDate', headers: ['录取日期', '录取时间', 'Admitted on'], kind: 'day', required: true },
  ],
  map({ cells }, today) {
    const on = cells['admissionDate'] as Day
    const level = cells['level']
    const university = level === 'undergraduate' || level === 'college'
    return {
      on,
      person: said({
        admittedOn: on,
        // A file that comes late says nothing of this year.
        admissionThisYear: university && on.slice(0, 4) === today.slice(0, 4) ? true : undefined,
        studentStage: stages[level as keyof typeof stages],
        schoolName: cells['school'],
      }),
    }
  },
}

const stages = {
  undergraduate: 'newlyAdmittedUndergraduate',
  college: 'juniorCollege',
  postgraduate: 'postgraduate',
  seniorHigh: 'seniorHigh',
  vocational: 'vocational',
} as const
