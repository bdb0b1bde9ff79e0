import type { KeyWords } from './zh.ts'

export const en: KeyWords = {
  title: 'Sender keys',
  sentence:
    'The bureaus’ systems sign their lists with a key and send them by themselves. A key is good for one kind of data, and is shown once.',
  add: 'Make a key',
  list: 'Keys',
  empty: 'No key has been made yet. Make one when a bureau’s system is to send by itself.',
  source: 'Source',
  sender: 'Which system',
  senderHint: 'Name the bureau and its system, such as “Human resources, employment system”.',
  from: 'From',
  until: 'Until',
  noEnd: 'no end',
  used: 'Last used',
  never: 'not yet',
  good: 'good',
  ended: 'ended',
  rotate: 'Change',
  end: 'End',
  made: {
    title: 'The key is made and shown this once',
    text: 'Give it to those who run the other system now, in a safe way. Once closed it is not seen again; if it is lost it can only be changed.',
    id: 'Key number (X-Zhulian-Key)',
    secret: 'Key',
    done: 'I have handed it over',
    how: 'How to sign stands in the description of the interface.',
  },
  change: {
    title: 'Change the key',
    text: sender =>
      `Make a new one for “${sender}”. The old one is good for a while yet, so that they can change over.`,
    overlap: 'Hours the old key is still good',
    hint: '0 ends it at once; 168 at most.',
    wrong: 'A whole number from 0 to 168, please.',
    go: 'Make the new key',
  },
  stop: {
    title: 'End the key',
    text: sender => `The key of “${sender}” ends at once, and nothing it signs is taken in any more.`,
  },
}
