import type { Words } from './words.ts'

/** By whom, or by what, a family was found. */
export const channels = [
  'guide',
  'gridWorker',
  'helper',
  'neighbour',
  'self',
  'file',
  'alert',
  'hotline',
  'window',
] as const
export type Channel = (typeof channels)[number]

export const channelWords: Readonly<Record<Channel, Words>> = {
  guide: { zh: '导服员走访', en: 'A guide' },
  gridWorker: { zh: '网格员上报', en: 'A grid worker' },
  helper: { zh: '结对帮扶人', en: 'A paired helper' },
  neighbour: { zh: '邻里反映', en: 'A neighbour' },
  self: { zh: '自己来说', en: 'Themselves' },
  file: { zh: '部门名单', en: 'A bureau’s list' },
  alert: { zh: '风险预警', en: 'An alert' },
  hotline: { zh: '热线（12345、民呼必应）', en: 'The hotline' },
  window: { zh: '镇街窗口', en: 'The township window' },
}
