import type { TrackCheckWords } from './zh.ts'

export const en: TrackCheckWords = {
  title: 'Check of the track',
  sentence:
    'Each record of help is sealed when it is written, one to the next. The check goes through all of them: was anything changed, taken out or put in between. It runs by itself each night.',
  now: 'Check now',
  starting: 'Starting…',
  never: 'It was never checked.',
  neverText: 'It runs by itself at night; you can also start it now.',
  result: 'The last time',
  going: (chains, all) => `Checking: ${chains} of ${all} households`,
  progress: 'How far the check is',
  whole: (chains, records) => `${records} records of ${chains} households are all as they were written.`,
  unsure: (chains, records) =>
    `${records} records of ${chains} households follow one another, but a mark of the nights does not hold, so it cannot be said that nobody changed them. Please look into who touched the database.`,
  none: 'There are no records of help yet, so there was nothing to check.',
  wrong: n =>
    `Records of households that are not as they were written: ${n}. Please look into who touched the database.`,
  failed: 'It did not come to its end. Please check again; if that fails too, ask the administrator.',
  when: (at, by) => `${at}, ${by}`,
  clock: 'by the clock',
  anchors: 'Marks of the nights',
  nights: n =>
    `Nights: ${n}. Each night the records of the households that changed are summed up in one mark. Copied on paper, the newest tells even of somebody who can rewrite the database.`,
  noNights: 'There is no mark yet; the first is made tonight.',
  newest: on => `Mark of ${on}`,
  nightWrong: on => `The mark of ${on} does not hold: what was kept of that night was changed or removed.`,
  nightsHold: 'The marks of all nights hold.',
  broken: 'Not as they were written',
  brokenMore: n => `The first ${n} are listed.`,
  heads: { household: 'Household', fault: 'What is wrong', turn: 'Which record', record: 'Record id' },
  faults: {
    altered: 'changed after it was written',
    missing: 'one is missing',
    cut: 'the end is gone, or all of it',
    anchor: 'not as kept that night',
  },
  gone: 'gone',
  earlier: 'Earlier checks',
  cols: { when: 'When', by: 'Who', state: 'Came to', chains: 'Households', records: 'Records', faults: 'Faults' },
  states: { running: 'going on', done: 'ended', failed: 'not ended' },
}
