import type { LevelWords } from './zh.ts'

export const en: LevelWords = {
  title: 'Help code',
  district: 'The whole district',
  lead: 'What can be done here, how to ask for help, and how to give it.',
  can: 'What can be done here',
  none: 'Nothing is written here yet. Tell your guide what you need.',
  full: 'full for now',
  more: 'There is more than is written here; ask the guide.',
  ask: 'See what my family may receive',
  need: 'Say what we lack at home',
  tell: 'Tell of a family that may need help',
  wishes: n =>
    n === 0
      ? 'No wish is waiting to be taken now.'
      : `${n === 1 ? 'One wish waits' : `${n} wishes wait`} for somebody. Whose it is, who takes it learns once the family agrees.`,
  somewhere: 'in the district',
  until: day => `until ${day}`,
  take: 'Sign in and take a wish',
  register:
    'Firms, organisations, party members and people who want to give back can take one. Who is not registered yet does so once in the village or township.',
  help: 'To give help',
  project: {
    service: 'Services',
    forWhom: 'For whom',
    limits: 'What it does not do',
    where: 'Where',
    everywhere: 'the whole district',
    time: 'When',
    between: (from, until) => `${from} to ${until}`,
    by: 'By whom',
    unread: (brand, number) => `${brand} project ${number}. How it is done is still being put into words.`,
    nobodyYet: 'somebody to do it is being sought',
    and: ', ',
    places: (state, free) =>
      state !== 'running'
        ? 'It has not begun yet.'
        : free > 0
          ? `${free} ${free === 1 ? 'place is' : 'places are'} free now.`
          : 'It is full now; you can wait in line.',
  },
  unknown: 'This code opens nothing now',
  unknownText: 'It may be old or misprinted. You can see what your family may receive, or ask the guide.',
  toStart: 'See what my family may receive',
}
