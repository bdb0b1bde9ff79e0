import type { PhoneWords } from './zh.ts'

export const en: PhoneWords = {
  title: 'Work telephones',
  sentence:
    'Each keeps the visits of one day, sealed, and empties itself after a day without contact or five wrong PINs. A lost one is revoked here.',
  list: 'Work telephones',
  states: { inUse: 'In use', revoked: 'Revoked' },
  show: 'Show',
  empty: {
    inUse: {
      title: 'No telephone is registered yet',
      text: 'A guide who opens “Home visits” on a telephone for the first time registers it here.',
    },
    revoked: {
      title: 'No telephone has been revoked',
      text: 'A telephone that was lost or replaced stays here once it is revoked.',
    },
  },
  owner: 'Whose',
  phone: 'Telephone',
  since: 'Registered',
  seen: 'Last contact',
  today: 'within a day',
  silent: days => `${days} ${days === 1 ? 'day' : 'days'} without contact`,
  revoked: 'Revoked',
  by: (name, when) => `${when} ${name}`,
  more: 'Show more',
  stop: 'Revoke',
  stopTitle: name => `Revoke the telephone of ${name}`,
  text: 'At its next contact this telephone empties itself, with visits on it that were not sent yet. It cannot be brought back; to be used again it is registered anew.',
  why: 'Why',
  reasons: { lost: 'Lost or stolen', replaced: 'Replaced by another', left: 'No longer does this work' },
  lostText: 'Lost: this colleague is signed out everywhere at once, signs in anew and registers the new telephone.',
  done: name => `The telephone of ${name} is revoked.`,
  doneLost: name =>
    `The telephone of ${name} is revoked and signed out. Please tell them to sign in anew and change the password.`,
}
