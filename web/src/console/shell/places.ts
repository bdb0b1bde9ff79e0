import { useConsoleWords } from '../words/index.ts'
import { useDivisions } from './place-name.ts'

/** Townships in reach; under the chosen one its villages, so that one list is never hundreds long. */
export function usePlaces(
  scope: string | undefined,
  chosen: string | undefined,
): readonly { readonly value: string; readonly label: string }[] {
  const words = useConsoleWords()
  const all = useDivisions()?.divisions ?? []
  const within = all.filter(one => one.code.startsWith(scope ?? ''))
  const township = (chosen ?? scope ?? '').slice(0, 9)
  return within.flatMap(one => {
    if (one.code.length === 9)
      return [{ value: one.code, label: one.code === township ? words.wholeOf(one.name) : one.name }]
    return one.code.startsWith(township) && township.length === 9
      ? [{ value: one.code, label: `\u3000${one.name}` }]
      : []
  })
}
