import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** Days absent in thirty from which a child counts as often absent; the same figure R07 looks at. */
const oftenAbsentDays = 10

/** F06: who is enrolled where, boards, stays away, has dropped out. */
export const schoolStatus: Source = {
  id: 'school-status',
  code: 'F06',
  unit: 'education',
  name: { zh: '学籍和到校', en: 'Enrolment and attendance' },
  content: { zh: '在读学段、住校、缺课、辍学、资助', en: 'Stage, boarding, absence, dropping out, aid' },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《义务教育法》《未成年人保护法》；区教育局与区民政局数据共享',
    en: 'Compulsory Education Law, Law on the Protection of Minors; sharing between the two bureaus',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    { key: 'reportedOn', headers: ['统计日期', '上报日期', '数据日期', 'As of'], kind: 'day', required: true },
    {
      key: 'stage',
      headers: ['学段', '就读学段', '在读学段', 'Stage'],
      kind: 'choice',
      required: true,
      choices: {
        幼儿园: 'preschool',
        学前: 'preschool',
        小学: 'primary',
        初中: 'junior',
        普通高中: 'seniorHigh',
        高中: 'seniorHigh',
        中职: 'vocational',
        职高: 'vocational',
        中专: 'vocational',
        技校: 'vocational',
        特教: 'specialSchool',
        特殊教育: 'specialSchool',
        特殊教育学校: 'specialSchool',
        大专: 'juniorCollege',
        本科: 'undergraduate',
        研究生: 'postgraduate',
      },
    },
    { key: 'school', headers: ['就读学校', '学校名称', '学校', 'School'], kind: 'text' },
    { key: 'grade', headers: ['年级', '班级', 'Grade'], kind: 'text' },
    { key: 'boarding', headers: ['是否住校', '是否寄宿', '住校', '寄宿', 'Boards'], kind: 'yesNo' },
    {
      key: 'absenceDays30',
      headers: ['近30天缺课天数', '近30天缺勤天数', '缺课天数', '缺勤天数', 'Days absent'],
      kind: 'number',
      whole: true,
      max: 31,
    },
    { key: 'dropout', headers: ['是否辍学', '辍学', '是否失学辍学', 'Dropped out'], kind: 'yesNo' },
    { key: 'aidType', headers: ['资助项目', '资助类型', 'Aid'], kind: 'text' },
    { key: 'aidAmount', headers: ['资助金额', 'Amount of aid'], kind: 'fen' },
  ],
  map({ cells }) {
    const [dropout, absent] = [cells['dropout'] as boolean | null, cells['absenceDays30'] as number | null]
    return {
      on: cells['reportedOn'] as Day,
      person: said({
        studentStage: cells['stage'],
        isFullTimeStudent: dropout === true ? undefined : true,
        schoolName: cells['school'],
        boarding: cells['boarding'],
        absenceDays30: absent,
        droppedOut: dropout,
        dropoutRisk: risk(dropout, absent),
      }),
    }
  },
}

function risk(dropout: boolean | null, absent: number | null): string | undefined {
  if (dropout === true) return 'droppedOut'
  if (absent === null) return undefined
  return absent >= oftenAbsentDays ? 'oftenAbsent' : 'none'
}
