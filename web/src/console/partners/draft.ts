export interface Draft {
  readonly name: string
  readonly senderId: string
  readonly purpose: string
  readonly basis: 'law' | 'consent'
  readonly basisWords: string
  readonly scope: string
  readonly fields: readonly string[]
  readonly unasked: boolean
  readonly most: string
  readonly pace: string
  readonly untilOn: string
  readonly callback: string
  readonly key: string
}

export const emptyDraft: Draft = {
  name: '',
  senderId: '',
  purpose: '',
  basis: 'law',
  basisWords: '',
  scope: '',
  fields: [],
  unasked: false,
  most: '20',
  pace: '60',
  untilOn: '',
  callback: '',
  key: '',
}

const checks = {
  name: draft => draft.name.trim().length >= 2,
  sender: draft => /^[\w.:-]{3,100}$/.test(draft.senderId.trim()),
  purpose: draft => /^[\w.:-]{2,60}$/.test(draft.purpose.trim()),
  basisWords: draft => draft.basisWords.trim().length >= 4,
  scope: draft => draft.scope !== '',
  most: draft => isWhole(draft.most, 100),
  pace: draft => isWhole(draft.pace, 600),
  until: draft => /^\d{4}-\d{2}-\d{2}$/.test(draft.untilOn),
  key: draft => draft.key.trim() === '' || keyOf(draft.key) !== undefined,
} as const satisfies Readonly<Record<string, (draft: Draft) => boolean>>
export type Fault = keyof typeof checks

/** What is missing or has another form; the rest the server says. */
export const faultsOf = (draft: Draft): ReadonlySet<Fault> =>
  new Set((Object.keys(checks) as Fault[]).filter(fault => !checks[fault](draft)))

const isWhole = (text: string, most: number) =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most

/** What of a JWK is text, which is all that a public key is made of. */
export function keyOf(text: string): Record<string, string> | undefined {
  try {
    const said: unknown = JSON.parse(text)
    if (typeof said !== 'object' || said === null || !('kty' in said)) return undefined
    return Object.fromEntries(
      Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return undefined
  }
}
