import { both, busy, day, id, idle, nothing, offline, village } from '../states/made-up.ts'
import type { MyTrackViewProps } from './screen.tsx'

const quarter: NonNullable<MyTrackViewProps['quarter']> = {
  quarter: '2021-Q3',
  from: day('2021-07-01'),
  until: day('2021-10-01'),
  name: '陆桂香',
  place: village.name,
  village: village.code,
  madeUp: true,
  benefits: [
    {
      id: 'P01',
      name: both('最低生活保障', 'Minimum living allowance'),
      amount: both('每月900元', '¥900 a month'),
      from: day('2020-01-01'),
      until: null,
      cameTo: 2700,
    },
  ],
  sum: 2700,
  isWhole: true,
  services: [],
  visits: [],
  items: [],
}

const base: MyTrackViewProps = {
  quarter,
  records: [
    {
      id: id(1),
      kind: 'visit',
      kindWords: both('建档访视', 'File and visit'),
      words: both('结对帮扶人来过', 'a helper was there'),
      on: day('2021-09-20'),
      item: null,
      lines: [{ label: both('下次', 'Next on'), said: both('2021-10-20', '2021-10-20') }],
      role: 'helper',
    },
    {
      id: id(2),
      kind: 'assessment',
      kindWords: both('需求评估', 'Assessment'),
      words: both('提出了需要', 'told'),
      on: day('2021-09-13'),
      item: { id: 'S-A1', name: both('助餐', 'Meals') },
      lines: [],
      role: 'guide',
    },
  ],
  openings: [
    {
      at: '2021-09-21T01:00:00.000Z',
      role: 'guide',
      scope: village.code,
      words: both('看了这户的情况', 'looked at this household'),
      purpose: 'casework',
    },
  ],
  more: { records: true, openings: false },
  ask: nothing,
  asking: idle,
}

export const myTrackStates: Readonly<Record<string, MyTrackViewProps>> = {
  'something was done': base,
  'earlier ones are on their way': { ...base, asking: busy },
  'no network': { ...base, asking: offline },
  'not all can be told in figures': { ...base, quarter: { ...quarter, isWhole: false } },
  'nothing yet': {
    ...base,
    quarter: { ...quarter, benefits: [], sum: 0 },
    records: [],
    openings: [],
    more: { records: false, openings: false },
  },
  'nobody has confirmed the family': { ...base, quarter: undefined },
}
