import { calm, idle, nothing, screening } from '../states/made-up.ts'
import type { ResultsViewProps } from './screen.tsx'

const fill = { ask: nothing, asking: idle }
const base: ResultsViewProps = { screening, handedIn: undefined, home: '/', fill }

export const resultsStates: Readonly<Record<string, ResultsViewProps>> = {
  'three groups': base,
  'handed in': { ...base, handedIn: '/mine/1', fill: undefined },
  'read by the guide it was handed to': { ...base, reading: true, fill: undefined },
  'nothing fits': {
    ...base,
    screening: {
      ...screening,
      policies: screening.policies.filter(line => line.group === 'notNow'),
      services: [],
      perMonth: null,
      nearest: null,
    },
  },
  'on behalf, with numbers to call': {
    ...base,
    screening: { ...screening, onBehalfOf: { household: null, name: '盛大爷' }, calm },
  },
}
