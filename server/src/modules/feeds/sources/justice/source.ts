import type { Day } from '@zhulian/kernel'
import { type Mapped, type Source, whoColumns } from '../source.ts'

/** F20: who went to prison, came back, or stands on the list of dishonest debtors. */
export const justice: Source = {
  id: 'justice',
  code: 'F20',
  unit: 'justice',
  name: { zh: '司法信息', en: 'Justice' },
  content: {
    zh: '收监、刑满释放、社区矫正、失信被执行人',
    en: 'Imprisonment, release, community correction, dishonest debtors',
  },
  rhythm: { zh: '每月', en: 'monthly' },
  legalBasis: {
    zh: '《监狱法》《社区矫正法》安置帮教；事实无人抚养儿童保障',
    en: 'Prison Law, Community Correction Law; protection of children whom nobody in fact supports',
  },
  about: 'person',
  columns: [
    ...whoColumns,
    {
      key: 'eventType',
      headers: ['事项类型', '信息类型', '业务类型', 'Event'],
      kind: 'choice',
      required: true,
      choices: {
        收监: 'imprisoned',
        入狱: 'imprisoned',
        羁押: 'imprisoned',
        强制戒毒: 'imprisoned',
        刑满释放: 'released',
        释放: 'released',
        假释: 'released',
        社区矫正: 'correction',
        社区矫正入矫: 'correction',
        社区矫正解矫: 'correction',
        列入失信被执行人: 'listed',
        失信被执行人: 'listed',
        移出失信被执行人: 'unlisted',
      },
    },
    { key: 'eventDate', headers: ['事项日期', '发生日期', '生效日期', '日期', 'Date'], kind: 'day', required: true },
    { key: 'termMonths', headers: ['刑期（月）', '刑期月数', '刑期', 'Term'], kind: 'number', whole: true, max: 600 },
  ],
  map({ cells }): Mapped {
    const on = cells['eventDate'] as Day
    switch (cells['eventType']) {
      case 'imprisoned':
        return { on, person: { imprisonedOn: on, releasedOn: null } }
      case 'released':
        return { on, person: { imprisonedOn: null, releasedOn: on } }
      case 'listed':
        return { on, household: { creditDefault: true } }
      case 'unlisted':
        return { on, household: { creditDefault: false } }
      default:
        return { on }
    }
  },
}
