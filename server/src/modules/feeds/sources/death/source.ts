import type { Day } from '@zhulian/kernel'
import { type Column, reversed, said, type Source, whoColumns } from '../source.ts'

const died: Column = { key: 'deathDate', headers: ['死亡日期', '死亡时间', 'Died on'], kind: 'day', required: true }
const cremated: Column = { key: 'crematedOn', headers: ['火化日期', '火化时间', 'Cremated on'], kind: 'day' }
/** ICD-10: exposure to forces of nature. */
const byDisaster = /^X3[0-9]/i

/** F15: who died. */
export const death: Source = {
  id: 'death',
  code: 'F15',
  unit: 'civil-affairs',
  name: { zh: '死亡和火化', en: 'Deaths and cremations' },
  content: { zh: '死亡证明、火化登记', en: 'Death certificates, cremations' },
  rhythm: { zh: '每天', en: 'daily' },
  legalBasis: {
    zh: '《殡葬管理条例》；死亡医学证明和信息登记管理',
    en: 'Funeral Management Regulations; registration of death certificates',
  },
  about: 'person',
  dangerous: true,
  columns: [
    ...whoColumns,
    died,
    { key: 'cause', headers: ['死亡原因编码', '死因编码', '死因', 'Cause'], kind: 'text' },
    cremated,
    { key: 'reportedBy', headers: ['上报单位', '登记单位', '数据来源', 'Reported by'], kind: 'text' },
  ],
  map(row) {
    const { cells } = row
    const wrong = reversed(died, cremated, row)
    if (wrong) return { quarantine: wrong }
    const on = cells['deathDate'] as Day
    const cause = cells['cause']
    return {
      on,
      happened: { date: on, kind: 'death' },
      person: said({
        alive: false,
        deceasedOn: on,
        diedInDisaster: typeof cause === 'string' && byDisaster.test(cause) ? true : undefined,
      }),
    }
  },
}
