import type { Day } from '@zhulian/kernel'
import { type Source, whoColumns } from '../source.ts'

/** F16: who married or divorced. */
export const marriage: Source = {
  id: 'marriage',
  code: 'F16',
  unit: 'civil-affairs',
  name: { zh: '婚姻登记', en: 'Marriages and divorces' },
  content: { zh: '结婚、离婚登记', en: 'Marriages and divorces registered' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '《婚姻登记条例》；《社会救助暂行办法》（部门信息核对）',
    en: 'Marriage Registration Regulations; Interim Measures for Social Assistance (checks between departments)',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    {
      key: 'eventType',
      headers: ['登记类型', '业务类型', '婚姻登记类型', 'Event'],
      kind: 'choice',
      required: true,
      choices: {
        结婚: 'married',
        结婚登记: 'married',
        再婚: 'remarried',
        复婚: 'remarried',
        离婚: 'divorced',
        离婚登记: 'divorced',
        补领: 'copy',
        补领证件: 'copy',
      },
    },
    { key: 'eventDate', headers: ['登记日期', '业务日期', '登记时间', 'Date'], kind: 'day', required: true },
    { key: 'certificateNo', headers: ['证书字号', '结婚证字号', '离婚证字号', 'Certificate'], kind: 'text' },
  ],
  map({ cells }) {
    const on = cells['eventDate'] as Day
    const what = cells['eventType']
    if (what === 'copy') return { on }
    const person = { maritalStatus: what, divorcedOn: what === 'divorced' ? on : null }
    return what === 'divorced' ? { on, person, happened: { date: on, kind: 'divorce' } } : { on, person }
  },
}
