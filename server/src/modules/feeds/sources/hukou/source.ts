import type { Day } from '@zhulian/kernel'
import { type Column, type Source, tellsWith, whoColumns } from '../source.ts'

const event: Column = {
  key: 'eventType',
  headers: ['变动类型', '户籍变动类型', '业务类型', '变动原因', 'Event'],
  kind: 'choice',
  required: true,
  choices: {
    出生: 'birth',
    出生登记: 'birth',
    死亡: 'death',
    死亡注销: 'death',
    迁入: 'move',
    迁出: 'move',
    区内移居: 'move',
    市内移居: 'move',
    分户: 'split',
    立户: 'split',
    并户: 'split',
    户主变更: 'split',
    变更更正: 'change',
    姓名变更: 'change',
    其他: 'change',
  },
}
const to: Column = {
  key: 'to',
  headers: ['迁往地', '迁入地', '迁入地区划', '迁往地区划', '现户籍地', 'To'],
  kind: 'division',
}

/** F13: what changed in the register of residence. */
export const hukou: Source = {
  id: 'hukou',
  code: 'F13',
  unit: 'public-security',
  name: { zh: '户籍变动', en: 'Register of residence' },
  content: { zh: '出生、死亡、迁移、户内变更', en: 'Births, deaths, moves, changes of households' },
  rhythm: { zh: '每天', en: 'daily' },
  legalBasis: {
    zh: '《户口登记条例》；《社会救助暂行办法》（部门信息核对）',
    en: 'Household Registration Regulations; Interim Measures for Social Assistance (checks between departments)',
  },
  about: 'person',
  dangerous: true,
  columns: [
    ...whoColumns,
    event,
    { key: 'eventDate', headers: ['变动日期', '业务日期', '发生日期', 'Date'], kind: 'day', required: true },
    { key: 'from', headers: ['迁出地', '迁出地区划', '原户籍地', '何地迁来', 'From'], kind: 'text' },
    to,
  ],
  map({ cells }) {
    const on = cells['eventDate'] as Day
    switch (cells['eventType']) {
      case 'death':
        return { on, person: { alive: false, deceasedOn: on } }
      case 'move':
        return cells['to'] === null
          ? { quarantine: tellsWith(to, event, '迁入/迁出') }
          : { on, person: { hukouDivisionCode: cells['to'] } }
      // Who lives with whom is for a person to say; a child comes with the file of births, by its mother.
      default:
        return { on }
    }
  },
}
