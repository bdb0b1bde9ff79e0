import { hash, verify } from '@node-rs/argon2'
import { commonParts } from './common-parts.ts'

/** The package's name for it is a const enum, which a stripped file cannot read. */
const argon2id = 2

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. About 25 ms. */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** The hash of a password nobody has, so that an unknown name costs as much time as a known one. */
const noPassword = hash(crypto.randomUUID(), cost)

export async function isPassword(stored: string | null | undefined, given: string): Promise<boolean> {
  const fits = await verify(stored ?? (await noPassword), given)
  return fits && stored !== null && stored !== undefined
}

/** Hashed with other parameters than today's: hash again at the next sign-in. */
export const isOutdated = (stored: string): boolean => !stored.includes('$m=19456,t=2,p=1$')

/**
 * Too easy to guess: what is left after common words, names given in `context`, rows of keys, years and repeats are taken out has
 * fewer than four letters. Length is checked by the contract.
 * @param context words near the person: the sign-in name, the person's name, the unit
 */
export function isCommon(password: string, context: readonly string[] = []): boolean {
  let rest = password.normalize('NFKC').toLowerCase()
  rest = Array.from(rest, letter => leet[letter] ?? letter).join('')
  const words = [
    ...context.flatMap(word =>
      word
        .normalize('NFKC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    ),
    ...commonParts,
  ]
  for (const word of words.filter(w => w.length >= 2).toSorted((a, b) => b.length - a.length))
    rest = rest.replaceAll(word, ' ')
  rest = rest.replace(/\d{2,}/g, digits => (isPredictable(digits) ? ' ' : digits))
  const letters = rest.replace(/[^\p{L}\p{N}]/gu, '')
  return new Set(letters).size < 4
}

const leet: Record<string, string> = { '@': 'a', $: 's', '!': 'i' }

/** Rows of digits, years and days, and the same again. */
function isPredictable(digits: string): boolean {
  const steps = new Set(Array.from(digits.slice(1), (d, i) => Number(d) - Number(digits[i])))
  if (steps.size === 1) return true
  if (/^(19|20)\d\d(\d\d(\d\d)?)?$/.test(digits)) return true
  return /^(\d{1,4})\1+$/.test(digits)
}
