import { type Day, daysBetween } from '@zhulian/kernel'
import { fault } from '../fault.ts'
import {
  type CellValue,
  type Column,
  type Facts,
  labelOf,
  said,
  type Source,
  whoColumns,
  without,
  yuan,
} from '../source.ts'

/** A hundred million yuan, in fen. */
const most = 10_000_000_000

const total: Column = {
  key: 'totalCost',
  headers: ['医疗费总额', '总费用', '费用总额', 'Total cost'],
  kind: 'fen',
  max: most,
}
const inScope: Column = {
  key: 'inScopeSelfPaid',
  headers: [
    '范围内自付',
    '医保范围内自付',
    '政策范围内自付',
    '合规自付费用',
    '政策范围内个人自付',
    'Own part in scope',
  ],
  kind: 'fen',
  max: most,
  required: true,
}
const year: Column = {
  key: 'cumulativeYear',
  headers: ['年度累计范围内自付', '本年累计自付', '年度累计自付', '当年累计范围内自付', 'Own part this year'],
  kind: 'fen',
  max: most,
}
const inpatient: Column = {
  key: 'inpatientYear',
  headers: ['年度累计住院自付', '其中住院', 'Inpatient part this year'],
  kind: 'fen',
  max: most,
}
const outpatient: Column = {
  key: 'outpatientYear',
  headers: ['年度累计门诊自付', '其中门诊', 'Outpatient part this year'],
  kind: 'fen',
  max: most,
}

/** Groups of ICD-10 that count as serious, each by the word of the dictionary; the first that fits. */
const serious: readonly (readonly [codes: RegExp, kind: string])[] = [
  [/^C50/, 'breastCancerInvasive'],
  // The code does not say the stage of a cancer of the cervix; a person asks.
  [/^C9[1-5]/, 'leukaemia'],
  [/^C/, 'otherCancer'],
  [/^N18\.?[56]/, 'uremia'],
  [/^Z94/, 'organTransplant'],
  [/^Q2[0-8]/, 'congenitalHeart'],
  [/^I6[0-4]/, 'stroke'],
]
const seriousKind = (code: CellValue | undefined): string | undefined =>
  typeof code === 'string' ? serious.find(([codes]) => codes.test(code.trim().toUpperCase()))?.[1] : undefined

/** F08: what was left for the patient to pay of a settled bill. */
export const medicalBills: Source = {
  id: 'medical-bills',
  code: 'F08',
  unit: 'healthcare-security',
  name: { zh: '高额医疗费用', en: 'Medical bills' },
  content: { zh: '结算后个人自付的医疗费', en: 'What the patient pays of a settled bill' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '《社会救助暂行办法》医疗救助；区医保局与区民政局数据共享',
    en: 'Interim Measures for Social Assistance, medical assistance; sharing between the two bureaus',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    { key: 'settledOn', headers: ['结算日期', '结算时间', '费用结算日期', 'Settled on'], kind: 'day', required: true },
    {
      key: 'visitType',
      headers: ['就医类型', '医疗类别', '就诊类型', 'Visit'],
      kind: 'choice',
      choices: {
        住院: 'inpatient',
        普通住院: 'inpatient',
        '21': 'inpatient',
        门诊: 'outpatient',
        普通门诊: 'outpatient',
        '11': 'outpatient',
        特病门诊: 'specialDisease',
        门诊慢特病: 'specialDisease',
        规定病种门诊: 'specialDisease',
        '14': 'specialDisease',
      },
    },
    total,
    inScope,
    {
      key: 'outOfScope',
      headers: ['范围外自费', '自费金额', '政策范围外自费', 'Out of scope'],
      kind: 'fen',
      max: most,
    },
    { key: 'diseaseCode', headers: ['疾病编码', '病种编码', '主诊断编码', 'ICD10', 'Disease'], kind: 'text' },
    year,
    inpatient,
    outpatient,
  ],
  map({ cells }) {
    const money = (column: Column) => cells[column.key] as number | null
    const unlike = (one: Column, other: Column) =>
      fault('notTogether', {
        one: labelOf(one),
        oneText: `${yuan(money(one))} 元`,
        other: labelOf(other),
        otherText: `${yuan(money(other))} 元`,
      })
    const own = money(inScope) as number
    const [whole, ofYear] = [money(total), money(year)]
    if (whole !== null && own > whole) return { quarantine: unlike(inScope, total) }
    if (ofYear !== null && own > ofYear) return { quarantine: unlike(inScope, year) }
    const on = cells['settledOn'] as Day
    const kind = seriousKind(cells['diseaseCode'])
    return {
      on,
      person: said({
        largestBillSelfPaid: yuan(own),
        billSettledOn: on,
        hadMedicalBills: own > 0 ? true : undefined,
        inScopeSelfPaidYear: yuan(ofYear ?? undefined),
        inScopeInpatientYear: yuan(money(inpatient) ?? undefined),
        inScopeOutpatientYear: yuan(money(outpatient) ?? undefined),
        seriousIllness: kind && true,
        seriousIllnessKinds: kind && [kind],
        seriousIllnessSince: kind && on,
      }),
    }
  },
  beside(says, known) {
    const [bill, before] = [says.person ?? {}, known.person ?? {}]
    return { ...says, person: withKinds(withoutSmaller(bill, before), before) }
  },
}

/** How long a larger bill stays the one that is looked at. */
const largestForDays = 30

function withoutSmaller(bill: Facts, before: Facts): Facts {
  const [paid, settled] = [before['largestBillSelfPaid'], before['billSettledOn']]
  const larger = typeof paid === 'number' && paid > (bill['largestBillSelfPaid'] as number)
  const recent =
    typeof settled === 'string' && daysBetween(settled as Day, bill['billSettledOn'] as Day) <= largestForDays
  return larger && recent ? without(bill, 'largestBillSelfPaid', 'billSettledOn') : bill
}

/** An illness that is known is not new with each bill, and a second one does not replace the first. */
function withKinds(bill: Facts, before: Facts): Facts {
  const kinds = bill['seriousIllnessKinds'] as readonly string[] | undefined
  if (!kinds) return bill
  const known = Array.isArray(before['seriousIllnessKinds']) ? (before['seriousIllnessKinds'] as readonly string[]) : []
  const all = [...known, ...kinds.filter(kind => !known.includes(kind))]
  const isKnown = all.length === known.length && typeof before['seriousIllnessSince'] === 'string'
  return { ...(isKnown ? without(bill, 'seriousIllnessSince') : bill), seriousIllnessKinds: all }
}
