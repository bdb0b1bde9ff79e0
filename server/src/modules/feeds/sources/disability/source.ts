import type { Day } from '@zhulian/kernel'
import { fault } from '../fault.ts'
import { type Column, labelOf, said, type Source, tellsWith, whoColumns } from '../source.ts'

const action: Column = {
  key: 'action',
  headers: ['业务类型', '变动类型', '办理类型', 'Action'],
  kind: 'choice',
  required: true,
  choices: {
    新办: 'new',
    新申领: 'new',
    变更: 'changed',
    等级变更: 'changed',
    类别变更: 'changed',
    换领: 'renewed',
    补办: 'renewed',
    到期换证: 'renewed',
    注销: 'cancelled',
    冻结: 'cancelled',
  },
}
const kind: Column = {
  key: 'kind',
  headers: ['残疾类别', '残疾类型', '类别', 'Kind'],
  kind: 'choice',
  choices: {
    视力: 'visual',
    视力残疾: 'visual',
    '1': 'visual',
    听力: 'hearing',
    听力残疾: 'hearing',
    '2': 'hearing',
    言语: 'speech',
    言语残疾: 'speech',
    '3': 'speech',
    肢体: 'physical',
    肢体残疾: 'physical',
    '4': 'physical',
    智力: 'intellectual',
    智力残疾: 'intellectual',
    '5': 'intellectual',
    精神: 'mental',
    精神残疾: 'mental',
    '6': 'mental',
    多重: 'multiple',
    多重残疾: 'multiple',
    '7': 'multiple',
  },
}
const level: Column = {
  key: 'level',
  headers: ['残疾等级', '等级', 'Level'],
  kind: 'choice',
  choices: {
    一级: '1',
    壹级: '1',
    '1级': '1',
    二级: '2',
    贰级: '2',
    '2级': '2',
    三级: '3',
    叁级: '3',
    '3级': '3',
    四级: '4',
    肆级: '4',
    '4级': '4',
  },
}
const certificate: Column = {
  key: 'certificateNo',
  headers: ['残疾人证号', '残疾证号', '证号', 'Certificate'],
  kind: 'text',
}

/** F10: disability certificates issued, changed and cancelled. */
export const disability: Source = {
  id: 'disability',
  code: 'F10',
  unit: 'disabled-federation',
  name: { zh: '残疾人证', en: 'Disability certificates' },
  content: { zh: '残疾人证新办、变更、注销，康复服务', en: 'Certificates issued, changed, cancelled; services' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '《残疾人保障法》；残疾人两项补贴“主动发现、主动服务”',
    en: 'Law on the Protection of Disabled Persons; the two allowances are offered without asking',
  },
  about: 'person',
  dangerous: true,
  columns: [
    ...whoColumns,
    action,
    certificate,
    kind,
    level,
    {
      key: 'issueDate',
      headers: ['发证日期', '核发日期', '办理日期', '签发日期', 'Issued on'],
      kind: 'day',
      required: true,
    },
    { key: 'service', headers: ['服务项目', '康复服务', '服务内容', 'Service'], kind: 'text' },
  ],
  map({ cells, idNumber }) {
    const on = cells['issueDate'] as Day
    if (cells['action'] === 'cancelled')
      return {
        on,
        person: {
          hasDisabilityCertificate: false,
          disabilityKind: null,
          disabilityLevel: null,
          disabilityIssuedOn: null,
        },
      }
    const number = cells['certificateNo']
    // The number of a certificate begins with that of the person.
    if (typeof number === 'string' && /^\d{17}[\dXx]\d{2}B?\d?$/.test(number) && idNumber && !idNumber.includes('*'))
      if (number.slice(0, 18).toUpperCase() !== idNumber)
        return {
          quarantine: fault('notTogether', {
            one: labelOf(certificate),
            oneText: number,
            other: { zh: '身份证号', en: 'Identity number' },
            otherText: idNumber,
          }),
        }
    if (!cells['kind']) return { quarantine: tellsWith(kind, action, '新办/变更') }
    if (!cells['level']) return { quarantine: tellsWith(level, action, '新办/变更') }
    return {
      on,
      person: said({
        hasDisabilityCertificate: true,
        disabilityKind: cells['kind'],
        disabilityLevel: Number(cells['level']),
        // A certificate printed again is no new disability.
        disabilityIssuedOn: cells['action'] === 'renewed' ? undefined : on,
      }),
    }
  },
}
