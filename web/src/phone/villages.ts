import { api, type Result } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import type { Problem } from '../platform/problem.ts'
import { useWords } from './words/index.ts'

type Answer = Result<'GET /divisions'>
export type Division = Answer['divisions'][number]

let asked: Promise<Answer> | undefined

/** The list of places changes once in years: asked for once a page. */
const divisions = (): Promise<Answer> => {
  asked ??= api('GET /divisions').catch((thrown: unknown) => {
    asked = undefined
    throw thrown
  })
  return asked
}

/** This district, its city, its province, and everywhere else, as codes of six digits. */
export const ringOf = (district: string): readonly string[] => [
  district,
  `${district.slice(0, 4)}00`,
  `${district.slice(0, 2)}0000`,
  '000000',
]

export interface Villages {
  readonly townships: readonly Division[]
  readonly villagesOf: (township: string) => readonly Division[]
  readonly nameOf: (code: string) => string | undefined
  readonly ring: readonly string[]
  /** The list did not come; ask for it again. */
  readonly problem: Problem | undefined
  readonly again: () => void
}

export function useVillages(wanted = true): Villages {
  const { value, problem, again } = useLoad(wanted ? 'divisions' : undefined, divisions)
  const all = value?.divisions ?? []
  return {
    townships: all.filter(one => one.code.length === 9),
    villagesOf: township =>
      township ? all.filter(one => one.code.length === 12 && one.code.startsWith(township)) : [],
    nameOf: code => all.find(one => one.code === code)?.name,
    ring: value ? ringOf(value.district) : [],
    problem,
    again,
  }
}

/** What hangs in the village is a code; people read a name. */
export function useVillageName(code: string | undefined): string | undefined {
  const { nameOf } = useVillages(code !== undefined)
  if (!code) return undefined
  const [township, village] = [nameOf(code.slice(0, 9)), nameOf(code)]
  return village ? `${township ?? ''}${village}` : undefined
}

/** An answer that is the code of a place, as a person would say it. */
export function usePlaceWords(): (text: string) => string {
  const { interview: words } = useWords()
  const { nameOf, ring } = useVillages()
  return text => {
    if (!/^\d{6}(\d{3}(\d{3})?)?$/.test(text)) return text
    const at = ring.indexOf(text)
    return [words.placeHere, words.placeCity, words.placeProvince, words.placeElsewhere][at] ?? nameOf(text) ?? text
  }
}
