import type { TellWords } from './zh.ts'

export const en: TellWords = {
  title: 'Tell of a family',
  headline: 'Do you know of a family that may need help?',
  lead: 'Three things are enough; somebody of the village will go and see. Your name is not needed, and the family is not told who said so.',
  mustPlace: 'Please choose a village.',
  who: 'Whose home',
  whoHint: 'A name, or where they live, such as “second house by the bridge”.',
  mustWho: 'Please say whose home it is.',
  what: 'What is the matter',
  whatHint: 'What you saw or heard, in a sentence or two.',
  mustWhat: 'Please say in a sentence what is the matter.',
  send: 'Tell the village',
  sending: 'Telling…',
  done: 'It has come in. Thank you',
  doneText: 'Somebody will go and see. For the family’s sake nothing of it is said here. If it is urgent, please call.',
  another: 'Tell of another',
  home: 'To the first page',
  link: 'Do you know of a family that may need help? Tell us',
}
