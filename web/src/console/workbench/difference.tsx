import { useSaid } from '../../platform/words.ts'
import { isFacts, readJson } from './case-facts.ts'
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
  const { cases, check, sorting, alert } = useWorkbenchWords()
  const said = useSaid()
  const rules = new Map(
    [...(dictionary?.policies ?? []), ...(dictionary?.services ?? []), ...(dictionary?.alerts ?? [])].map(r => [
      r.id,
      r.name,
    ]),
  )
  const [id = '', ...rest] = of.what.split(' ')
  const name = rules.get(id)
  const fields: Readonly<Record<string, string>> = { ...cases.fields, ...cases.others }
  const what = [
    name ? said(name) : (fields[id] ?? id),
    ...rest.map((part, i) => {
      if (id === 'alerts') return said(rules.get(part) ?? { zh: part, en: part })
      return i === rest.length - 1 ? (fields[part] ?? part) : cases.personShort(part)
    }),
  ]
  const value = (text: string) =>
    (id === 'alerts' ? raisedWords(text, alert) : sortedWords(id, text, sorting)) ??
    { ...cases.verdicts, ...cases.periods }[text as 'eligible'] ??
    text
  return (
    <div>
      <dt>{what.join(' · ')}</dt>
      <dd>
        {check.expected} <b>{value(of.expected)}</b> · {check.found} <b>{value(of.found)}</b>
      </dd>
    </div>
  )
}

type Alert = ReturnType<typeof useWorkbenchWords>['alert']

/** `yellow`, `{"a":"yellow"}` by person, or nothing raised. */
function raisedWords(text: string, { colours, none }: Alert): string {
  const word = (level: unknown) => colours[level as keyof typeof colours] ?? none
  const read = readJson(text)
  if ('value' in read && isFacts(read.value))
    return Object.entries(read.value)
      .map(([key, level]) => `${key} ${word(level)}`)
      .join(' · ')
  return word(text)
}

type Sorting = ReturnType<typeof useWorkbenchWords>['sorting']

/** `{"a":1,"b":null}` of circles, `["support"]` of classes. */
function sortedWords(what: string, text: string, { circles, classes }: Sorting): string | undefined {
  const circle = (value: unknown) =>
    value === null ? circles.none : (circles[JSON.stringify(value) as keyof typeof circles] ?? circles.open)
  const read = what === 'circle' || what === 'householdCircle' || what === 'class' ? readJson(text) : undefined
  if (read === undefined) return undefined
  if (!('value' in read)) return what === 'class' ? undefined : circles.open
  const { value } = read
  if (what === 'householdCircle') return circle(value)
  if (what === 'circle' && isFacts(value))
    return Object.entries(value)
      .map(([key, own]) => `${key} ${circle(own)}`)
      .join(' · ')
  if (what !== 'class' || !Array.isArray(value)) return undefined
  const names = (value as readonly string[]).map(one => classes[one as keyof typeof classes] ?? one)
  return names.length === 0 ? classes.none : names.join(' · ')
}
