import { useEffect, useState } from 'react'
import { api, type Result } from '../../platform/api.ts'

export type Divisions = Result<'GET /divisions'>
let asked: Promise<Divisions> | undefined

/** Townships and villages of the district; asked once for the whole page. */
export function divisions(): Promise<Divisions> {
  asked ??= api('GET /divisions').catch((thrown: unknown) => {
    asked = undefined
    throw thrown
  })
  return asked
}

export function useDivisions(): Divisions | undefined {
  const [all, setAll] = useState<Divisions>()
  useEffect(() => {
    let here = true
    divisions().then(
      found => here && setAll(found),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [])
  return all
}

/** The name of a township or village; undefined for the whole district and until the names have come. */
export function usePlaceName(code: string | undefined): string | undefined {
  const all = useDivisions()
  return code && code.length > 6 ? all?.divisions.find(division => division.code === code)?.name : undefined
}
