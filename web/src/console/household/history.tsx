import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { useRegistryWords } from '../registry/words/index.ts'
import { useValueWords, type Dictionary } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

type Page = Result<'GET /households/:id/history'>
type Entry = Page['items'][number]

const few = 6

/** What was written down of the family, newest first. */
export function History({
  id,
  version,
  on,
  dictionary,
}: {
  readonly id: string
  readonly version: number
  readonly on: string | undefined
  readonly dictionary: Dictionary
}) {
  const words = useHouseholdWords()
  const ask = (after: string | undefined, signal?: AbortSignal) =>
    api('GET /households/:id/history', {
      params: { id },
      query: { limit: 12, ...(on ? { on } : {}), ...(after ? { after } : {}) },
      ...(signal ? { signal } : {}),
    })
  const first = useLoad(`history ${id} ${String(version)} ${on ?? ''}`, signal => ask(undefined, signal))
  const [later, setLater] = useState<readonly Page[]>([])
  useEffect(() => setLater([]), [id, version, on])
  const [more, asking] = useDeed(async (after: string) => {
    const page = await ask(after)
    setLater(pages => [...pages, page])
  })
  const pages = first.value ? [first.value, ...later] : []
  const next = pages.at(-1)?.next
  const entries = pages.flatMap(page => page.items)
  return (
    <Card label={words.history}>
      <div className="desk-card-head">
        <h2>{words.history}</h2>
        <span className="second small">{words.historyText}</span>
      </div>
      {first.problem && <Failed problem={first.problem} again={first.again} />}
      {!first.value && !first.problem && <Skeleton shape={['card', 'card']} />}
      {first.value && entries.length === 0 && <p className="second">{words.noHistory}</p>}
      <ol className="history">
        {entries.map((entry, i) => (
          <Line key={`${entry.at} ${String(i)}`} entry={entry} dictionary={dictionary} />
        ))}
      </ol>
      {asking.problem && <Failed problem={asking.problem} />}
      {next && (
        <Button onClick={() => more(next)} busy={asking.busy}>
          {words.more}
        </Button>
      )}
    </Card>
  )
}

function Line({ entry, dictionary }: { readonly entry: Entry; readonly dictionary: Dictionary }) {
  const words = useHouseholdWords()
  const list = useRegistryWords()
  const said = useSaid()
  const language = useLanguage()
  const { semicolon } = useMarks()
  const value = useValueWords()
  const scope = entry.person ? 'person' : 'household'
  const facts = entry.facts.slice(0, few).map(fact => {
    const kind = dictionary.of(scope, fact.fact)
    const now = value(kind, fact.value)
    return `${said(fact.label)} ${fact.before === null ? now : words.changed(value(kind, fact.before), now)}`
  })
  if (entry.facts.length > few) facts.push(words.moreFacts(entry.facts.length - few))
  const who = entry.origin
    ? `${words.origins[entry.origin] ?? entry.origin}${entry.by ? ` · ${entry.by}` : ''}`
    : entry.by || words.system
  return (
    <li>
      <span className="history-when">
        {formatInstant(entry.at, language)}
        <span className="second small">{words.of(formatDay(entry.on, language))}</span>
      </span>
      <span className="history-what">
        <b>
          {words.kinds[entry.kind]}
          {entry.person && ` · ${entry.person.name}`}
        </b>
        {entry.circle && (
          <span>
            {words.circleMove(list.circles[entry.circle.from ?? 4], list.circles[entry.circle.to ?? 4])}
            {entry.circle.because && ` · ${said(entry.circle.because)}`}
          </span>
        )}
        {facts.length > 0 && <span>{facts.join(semicolon)}</span>}
      </span>
      <span className="second small">
        {entry.circle?.proposedBy ? words.byTwo(entry.circle.proposedBy, entry.by) : who}
      </span>
    </li>
  )
}
