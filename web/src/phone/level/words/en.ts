import type { LevelWords } from './zh.ts'

export const en: LevelWords = {
  title: 'Help code',
  lead: 'What can be done here, how to ask for help, and how to give it.',
  can: 'What can be done here',
  none: 'Nothing is written here yet. Tell your guide what you need.',
  full: 'full for now',
  ask: 'See what my family may receive',
  need: 'Say what we lack at home',
  tell: 'Tell of a family that may need help',
  wishes: n =>
    n === 0
      ? 'No wish is waiting to be taken now.'
      : `${n === 1 ? 'One wish waits' : `${n} wishes wait`} for somebody. To help, please register in the village or township.`,
  help: 'To give help',
}
