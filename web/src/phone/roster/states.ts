import { both, busy, idle, interview, nothing, refused } from '../states/made-up.ts'
import type { RosterViewProps } from './screen.tsx'

const base: RosterViewProps = {
  interview,
  send: nothing,
  sending: idle,
  leave: nothing,
  registryText: undefined,
  thisYear: 2026,
}

export const rosterStates: Readonly<Record<string, RosterViewProps>> = {
  empty: { ...base, interview: { ...interview, members: [] } },
  'two people': base,
  'on behalf, records may be fetched': {
    ...base,
    interview: { ...interview, onBehalfOf: { household: null, name: '盛大爷' } },
    registryText: both('我同意使用区里已经登记的我家情况。', 'I agree that what is on record may be used.'),
  },
  sending: { ...base, sending: busy },
  refused: { ...base, sending: refused('14岁以下的孩子不用自己答，请家里的大人来答。') },
}
