import { usePoolWords } from './words.ts'

/** Where a line comes from, as its tags. */
export function Provenance({ of }: { readonly of: readonly string[] }) {
  const { policy } = usePoolWords()
  return of.length === 0 ? null : (
    <span className="provenance">
      <span className="unseen">{policy.provenance}</span> {of.join(' ')}
    </span>
  )
}
