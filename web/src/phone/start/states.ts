import { both, busy, id, idle, nothing, offline } from '../states/made-up.ts'
import type { StartViewProps } from './screen.tsx'

const fresh: StartViewProps = {
  village: undefined,
  last: undefined,
  depth: 'likely',
  setDepth: nothing,
  begin: nothing,
  beginning: idle,
}
const last = {
  id: id(1),
  state: 'open' as const,
  startedAt: '2026-11-24T01:00:00.000Z',
  changedAt: '2026-11-24T01:05:00.000Z',
  answered: 7,
  onBehalfOf: null,
  village: null,
  screening: null,
}

export const startStates: Readonly<Record<string, StartViewProps>> = {
  fresh,
  'from the code in the village': { ...fresh, village: both('常绿镇青龙村', '').zh },
  'not finished last time': { ...fresh, last },
  'finished last time': { ...fresh, last: { ...last, state: 'finished', screening: id(2) } },
  'everything is to be asked': { ...fresh, depth: 'everything' },
  'getting ready': { ...fresh, beginning: busy },
  'no network': { ...fresh, beginning: offline },
}
