import { Fold } from '../../parts/fold.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { usePoolWords } from './words.ts'

/** Every tag of provenance below something, each once. */
export function tagsIn(thing: unknown): string[] {
  if (typeof thing !== 'object' || thing === null) return []
  const own = 'provenance' in thing && Array.isArray(thing.provenance) ? (thing.provenance as string[]) : []
  return [...new Set([...own, ...Object.values(thing).flatMap(tagsIn)])]
}

/** What the tags on this page stand for, in words. */
export function Sources({ tags }: { readonly tags: readonly string[] }) {
  const { sources: say } = usePoolWords()
  const said = useSaid()
  const language = useLanguage()
  const loaded = useLoad(tags.length > 0 ? 'sources' : undefined, signal => api('GET /sources', { signal }))
  const titles = new Map(loaded.value?.items.map(source => [source.key, source]))
  const sourced = tags
    .filter(tag => tag.startsWith('S'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const marks = [
    sourced.some(tag => tag.endsWith('*')) && ['*', say.elsewhere],
    tags.some(tag => tag.startsWith('R')) && ['R', say.remembered],
    tags.includes('C') && ['C', say.computed],
    tags.includes('I') && ['I', say.illustrative],
  ].filter(mark => mark !== false)
  if (tags.length === 0) return null
  return (
    <section className="sheet slim">
      <Fold title={`${say.title} (${String(sourced.length)})`} plain>
        <dl className="sources">
          {sourced.map(tag => {
            const source = titles.get(tag.replace('*', ''))
            return (
              <div key={tag}>
                <dt>{tag}</dt>
                <dd>
                  {source ? said(source.title) : '…'}{' '}
                  {source?.on && (
                    <span className="second small">
                      {source.on.length === 10 ? formatDay(source.on, language) : source.on}
                    </span>
                  )}
                </dd>
              </div>
            )
          })}
          {marks.map(([mark, words]) => (
            <div key={mark}>
              <dt>{mark}</dt>
              <dd className="second">{words}</dd>
            </div>
          ))}
        </dl>
      </Fold>
    </section>
  )
}
