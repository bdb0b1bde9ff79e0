import type { SignalsWords } from './zh.ts'

export const en: SignalsWords = {
  title: 'Protected matters',
  lead: 'What somebody said in an interview that calls for protection first. Only for trained colleagues; the village does not see it.',
  show: 'Show',
  states: { open: 'Not taken yet', taken: 'Taken', closed: 'Closed' },
  rows: 'List of protected matters',
  heads: { what: 'What', found: 'Said when', due: 'To be taken by', by: 'With whom' },
  late: 'past its time',
  nobody: 'nobody yet',
  none: 'There is nothing here',
  noneText: 'That is good news. A new one appears here and at the bell at once.',
  said: 'What was said',
  place: 'Where',
  duty: 'What the law asks',
  note: 'What was done',
  take: 'I take it',
  taken: name => `with ${name}`,
  close: 'Close',
  closeLabel: 'What was done, and how it is now',
  mustNote: 'Please say what was done, at least four characters',
  calm: 'A sentence is no finding. First make sure that the person is safe, then ask.',
}
