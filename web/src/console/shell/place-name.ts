import { useEffect, useState } from 'react'
import { api, type Result } from '../../platform/api.ts'
import { useSession } from '../../platform/session.ts'

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

/** Villages in reach, each with its township where there are several. */
export function useVillagesInReach(): readonly { readonly value: string; readonly label: string }[] {
  const session = useSession()
  const scope = session.state === 'known' ? (session.scope ?? '') : ''
  const all = useDivisions()?.divisions ?? []
  const names = new Map(all.map(one => [one.code, one.name]))
  return all
    .filter(one => one.code.length === 12 && one.code.startsWith(scope))
    .map(one => ({
      value: one.code,
      label: scope.length >= 9 ? one.name : `${names.get(one.code.slice(0, 9)) ?? ''} ${one.name}`,
    }))
}
