import { useState } from 'react'
import { api, type Result } from './api.ts'
import { type Deed, useDeed } from './load.ts'

export type Family = Result<'POST /households/search'>['items'][number]

/** Looking for a family of the registry; nothing has been looked for while `found` is undefined. */
export interface FamilySearch {
  readonly find: (q: string) => void
  readonly finding: Deed
  readonly found: readonly Family[] | undefined
}

const most = 20

export function useFamilySearch(): FamilySearch & { readonly forget: () => void } {
  const [found, setFound] = useState<readonly Family[]>()
  const [find, finding] = useDeed(async (q: string) => {
    setFound((await api('POST /households/search', { body: { q, sort: 'division', limit: most } })).items)
  })
  return { find, finding, found, forget: () => setFound(undefined) }
}
