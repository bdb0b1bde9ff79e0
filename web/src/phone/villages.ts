import { api, type Result } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'

export type Division = Result<'GET /divisions'>['divisions'][number]

let asked: Promise<readonly Division[]> | undefined

/** The list of places changes once in years: asked for once a page. */
const divisions = (): Promise<readonly Division[]> => {
  asked ??= api('GET /divisions').then(
    answer => answer.divisions,
    (thrown: unknown) => {
      asked = undefined
      throw thrown
    },
  )
  return asked
}

export function useVillages(wanted = true): {
  townships: readonly Division[]
  villagesOf: (township: string) => readonly Division[]
  nameOf: (code: string) => string | undefined
} {
  const { value = [] } = useLoad(wanted ? 'divisions' : undefined, divisions)
  return {
    townships: value.filter(one => one.code.length === 9),
    villagesOf: township =>
      township ? value.filter(one => one.code.length === 12 && one.code.startsWith(township)) : [],
    nameOf: code => value.find(one => one.code === code)?.name,
  }
}

/** What hangs in the village is a code; people read a name. */
export function useVillageName(code: string | undefined): string | undefined {
  const { nameOf } = useVillages(code !== undefined)
  if (!code) return undefined
  const [township, village] = [nameOf(code.slice(0, 9)), nameOf(code)]
  return village ? `${township ?? ''}${village}` : undefined
}
