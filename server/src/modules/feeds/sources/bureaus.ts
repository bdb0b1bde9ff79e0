import type { Words } from '@zhulian/kernel'

/** Bureaus that send a file and own no policy of the pool, beside `data/units.yaml`. */
export const bureaus: Readonly<Record<string, Words>> = {
  'political-legal': { zh: '区委政法委', en: 'Political and Legal Affairs Committee' },
  'public-security': { zh: '区公安分局', en: 'Public Security Bureau' },
  hotline: { zh: '12345热线', en: '12345 Hotline' },
  'party-organisation': { zh: '区委组织部', en: 'Party Organisation Department' },
}
