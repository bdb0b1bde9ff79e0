import type { DutyWords } from './zh.ts'

export const en: DutyWords = {
  title: 'Four duties',
  headline: 'What was done for whom',
  lead: 'Contacts and applications of a case, and what is ticked at a visit, count by themselves. Anything else is noted here.',
  month: 'Done this month',
  help: {
    filing: 'Filling in forms, going to the counter, handing papers in',
    advice: 'Explaining policies, answering questions, showing how',
    linking: 'Reaching an office, a firm or a good neighbour, so that help comes',
    plan: 'Agreeing with the family what comes next, and looking after it',
  },
  card: n => `Four duties: ${n} done this month`,
  cardOpen: n => (n > 0 ? `${n} still being done. Note one, or see what was done.` : 'Note one, or see what was done.'),
  start: 'Note one',
  who: 'For which family',
  notFound: 'Not found. Write it another way, or register the family first.',
  choose: name => `For ${name}’s family`,
  other: 'Another family',
  which: 'Which duty',
  note: 'What was done',
  noteHint: 'A sentence that a colleague will understand later',
  mustDuty: 'Please choose which duty.',
  begin: 'Note it, still being done',
  done: 'Note it as done',
  saving: 'Noting',
  began: 'Noted. Come back when it is done.',
  noted: 'Noted; it counts this month.',
  leave: 'Do not note it',
  open: 'Still being done',
  noOpen: 'Nothing is unfinished.',
  doneOnes: 'Done',
  noDone: 'Nothing is done yet.',
  since: day => `since ${day}`,
  on: day => `done on ${day}`,
  origins: { hand: 'by hand', case: 'from a case', visit: 'from a visit' },
  finish: 'It is done',
  finishNote: 'How it ended',
  takeBack: 'Take back',
  takenBack: 'Taken back; it does not count.',
  nobody: 'A family that is not registered',
  more: 'Show more',
  network: {
    away: (from, back, by) =>
      by
        ? `You are away from ${from}, back on ${back}; ${by} stands in.`
        : `You are away from ${from}, back on ${back}; the township stands in.`,
    standsIn: (name, from, back) => `From ${from} until ${back} you stand in for ${name}.`,
    got: (village, from, on) =>
      from ? `Since ${on} you serve ${village}, which ${from} handed over.` : `Since ${on} you serve ${village}.`,
    gave: (village, to, on) => `Since ${on} ${village} is served by ${to ?? ''}; what was open there went along.`,
  },
}
