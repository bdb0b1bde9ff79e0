import { both, id, myCase, nothing, day } from '../states/made-up.ts'
import type { MineViewProps } from './screen.tsx'

const base: MineViewProps = { cases: [myCase], only: undefined, changed: nothing }

export const mineStates: Readonly<Record<string, MineViewProps>> = {
  'under way': base,
  empty: { ...base, cases: [] },
  'can be taken back': { ...base, cases: [{ ...myCase, state: 'new', canTakeBackUntil: '2099-01-01T00:00:00.000Z' }] },
  'asked and waiting': {
    ...base,
    cases: [
      {
        ...myCase,
        questions: [
          {
            id: id(9),
            askedAt: '2026-11-23T01:00:00.000Z',
            text: '为什么还没来人？',
            answer: null,
            answeredAt: null,
            dueOn: day('2026-11-30'),
          },
        ],
      },
    ],
  },
  granted: {
    ...base,
    cases: [{ ...myCase, state: 'closed', outcome: both('批下来了，12 月起发', 'Granted from December') }],
  },
  'consent withdrawn': { ...base, cases: [{ ...myCase, consentGiven: false }] },
}
