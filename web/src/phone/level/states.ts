import type { ProjectViewProps } from './project.tsx'
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
  more: false,
  wishes: 3,
}

const wish: LevelViewProps['wishes'][number] = {
  id: '0198a4c0-0000-7000-8000-000000000005' as never,
  words: '想要一个助听器',
  age: { zh: '70多岁', en: 'in their seventies' },
  place: '常绿镇',
  item: null,
  state: 'open',
  stateWords: { zh: '等人认领', en: 'open' },
  publishedOn: '2021-09-01' as never,
  untilOn: '2021-12-01' as never,
  version: 1,
  taken: null,
}

export const levelStates: Readonly<Record<string, LevelViewProps>> = {
  'what it can take on': {
    level,
    wishes: [wish, { ...wish, id: level.resources[0]?.id as never, age: null, place: null }],
  },
  'nothing yet': { level: { ...level, resources: [], wishes: 0 }, wishes: [] },
}

const project: ProjectViewProps['project'] = {
  id: '0198a4c0-0000-7000-8000-000000000006' as never,
  number: 'XM-2021-0001',
  brand: { zh: '助困', en: 'Hardship' },
  card: {
    name: '东洲订单培训',
    whatIsDone: '边培训、边就业，四十学时',
    forWhom: '愿意工作、没有固定工作的人',
    limits: '不收学员的钱',
  },
  services: [{ id: 'S-C2', name: { zh: '订单式职业技能培训', en: 'Training to order' } }],
  area: ['常绿镇'],
  fromOn: '2021-09-13' as never,
  untilOn: '2022-03-13' as never,
  organisation: '新城就业服务中心',
  state: 'running',
  places: 20,
  free: 3,
  isExample: true,
}

export const projectStates: Readonly<Record<string, ProjectViewProps>> = {
  'places are free': { project },
  'nobody has read its words yet': { project: { ...project, card: null } },
  'nobody carries it yet': { project: { ...project, state: 'callOpen', organisation: null, free: 0, area: [] } },
}
