import { useSaid } from '../../platform/words.ts'
import type { Dictionary } from './dictionary.ts'
import { useWorkbenchWords } from './words.ts'

interface Found {
  /** Such as `P01 amount`, or `P24 a verdict` of a person. */
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** What a worked household expects and what it comes to, in words where there are words. */
export function Difference({ of, dictionary }: { readonly of: Found; readonly dictionary: Dictionary | undefined }) {
  const { cases, check } = useWorkbenchWords()
  const said = useSaid()
  const rules = new Map([...(dictionary?.policies ?? []), ...(dictionary?.services ?? [])].map(r => [r.id, r.name]))
  const [id = '', ...rest] = of.what.split(' ')
  const name = rules.get(id)
  const fields: Readonly<Record<string, string>> = { ...cases.fields, ...cases.others }
  const what = [
    name ? said(name) : (fields[id] ?? id),
    ...rest.map((part, i) => (i === rest.length - 1 ? (fields[part] ?? part) : cases.personShort(part))),
  ]
  const value = (text: string) => ({ ...cases.verdicts, ...cases.periods })[text as 'eligible'] ?? text
  return (
    <div>
      <dt>{what.join(' · ')}</dt>
      <dd>
        {check.expected} <b>{value(of.expected)}</b> · {check.found} <b>{value(of.found)}</b>
      </dd>
    </div>
  )
}
