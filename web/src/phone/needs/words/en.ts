import type { MyNeedWords } from './zh.ts'

export const en: MyNeedWords = {
  title: 'What my family needs',
  headline: 'Say what you lack at home',
  lead: 'A hearing aid, somebody to help a child with school, company to the hospital. The village looks for a way first, then the township, then the district.',
  what: 'What is needed',
  whatHint: 'In your own words, a sentence or two.',
  must: 'Please say what is needed, in four letters or more.',
  send: 'Tell my guide',
  sending: 'Telling…',
  done: 'It is written down; your guide sees it',
  doneCareful: 'It is written down; a trained person of the township reads it first',
  another: 'Say another',
  list: 'What you said',
  none: 'Nothing yet.',
  toldOn: day => `Said on ${day}`,
  since: day => `since ${day}`,
  why: 'What is not done yet',
  whyHint: 'A sentence; whoever helped will come again.',
  mustWhy: 'Please write what is not done yet.',
  link: 'Something lacking at home? Say so',
}
