import { useEffect, useState } from 'react'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { zh } from '../words/zh.ts'

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

/** A place by its own name; the whole district, which has none of its own in a list, in the language of the page. */
export function usePlaceSaid(): (name: string) => string {
  const { wholeDistrict } = useConsoleWords()
  return name => (name === zh.wholeDistrict ? wholeDistrict : name)
}

type Grant = NonNullable<Result<'GET /session'>['acting']>

/** Where, or for which bureau, somebody works under a grant; undefined for who reaches no place, and until the names have come. */
export function useGrantPlace(): (grant: Pick<Grant, 'scope' | 'organisationId'>) => string | undefined {
  const words = useConsoleWords()
  const said = useSaid()
  const session = useSession()
  const all = useDivisions()
  const forBureau = session.state === 'known' && session.described.grants.some(grant => grant.organisationId)
  const units = useLoad(forBureau ? 'units' : undefined, signal => api('GET /units', { signal }))
  return ({ scope, organisationId }) => {
    const unit = organisationId && units.value?.items.find(one => one.organisation === organisationId)
    if (unit) return said(unit.name)
    if (scope?.length === 6) return words.wholeDistrict
    return all?.divisions.find(division => division.code === scope)?.name
  }
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
