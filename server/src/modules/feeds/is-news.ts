import type { Day } from '@zhulian/kernel'
import type { KnownFact } from '../registry/index.ts'

/**
 * Whether a file says something new of a fact: not what is in use, and not what its source has said already.
 * @param on the day the file speaks of, where rows have days of their own: what a source said of a later day goes before it
 */
export function isNews(now: KnownFact | undefined, value: unknown, origin: string, on?: Day): boolean {
  if (!now) return true
  const says = JSON.stringify(value)
  if (JSON.stringify(now.value) === says) return false
  const own = [now, ...now.rivals].find(s => s.source === 'feed' && s.origin === origin)
  return !own || (JSON.stringify(own.value) !== says && !(on && own.asOf > on))
}
