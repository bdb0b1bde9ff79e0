import { busy, idle, nothing, offline } from '../states/made-up.ts'
import type { TellViewProps } from './screen.tsx'

const fresh: TellViewProps = { village: '', tell: nothing, telling: idle, answer: undefined, another: nothing }

export const tellStates: Readonly<Record<string, TellViewProps>> = {
  fresh,
  'on its way': { ...fresh, telling: busy },
  'no network': { ...fresh, telling: offline },
  'came in': { ...fresh, answer: { calm: null } },
  'for a trained person': {
    ...fresh,
    answer: {
      calm: {
        words: { zh: '可以先打电话。', en: 'You may call first.' },
        numbers: [{ number: '110', words: { zh: '现在有危险', en: 'Danger right now' } }],
      },
    },
  },
}
