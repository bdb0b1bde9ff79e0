import type { LevelViewProps } from './screen.tsx'

const level: LevelViewProps['level'] = {
  code: '330111109203',
  level: 'village',
  name: '常绿镇青龙村',
  resources: [
    {
      id: '0198a4c0-0000-7000-8000-000000000003' as never,
      kind: 'organisation',
      name: '村老年食堂',
      offers: '中午送饭到家',
      hours: '周一至周五 10:30–12:00',
      room: true,
    },
    {
      id: '0198a4c0-0000-7000-8000-000000000004' as never,
      kind: 'goods',
      name: '轮椅两台',
      offers: '借用',
      hours: null,
      room: false,
    },
  ],
  wishes: 3,
}

export const levelStates: Readonly<Record<string, LevelViewProps>> = {
  'what it can take on': { level },
  'nothing yet': { level: { ...level, resources: [], wishes: 0 } },
}
