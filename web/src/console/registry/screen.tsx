import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useFilters } from '../filters.ts'
import { ExportDialog } from './export-dialog.tsx'
import { FilterBar, useFilterWords } from './filter-bar.tsx'
import { HouseholdTable } from './household-table.tsx'
import { circles, queryOf, readList, type ListFilters } from './list-filters.ts'
import { useRegistryWords } from './words/index.ts'
import './registry.css'

type Page = Result<'GET /households'>

const ask = (filters: ListFilters, q: string, after: string | undefined, limit: number, signal: AbortSignal) => {
  const query = { ...queryOf(filters), limit, ...(after ? { after } : {}) }
  return q === ''
    ? api('GET /households', { query, signal })
    : api('POST /households/search', { body: { ...query, q }, signal })
}

/** What was looked for last; stays while somebody opens a family and comes back, never in the address. */
let lastQuery = ''

/** Families in reach: filters in the address, names masked, pages by keyset. */
export function RegistryScreen() {
  const words = useRegistryWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const filters = readList(raw)
  const [typed, setTyped] = useState(lastQuery)
  const [query, setQuery] = useState(lastQuery)
  const [exporting, setExporting] = useState(false)
  const role = session.state === 'known' ? session.role : undefined
  const maySearch = role !== undefined && ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'].includes(role)
  const mayExport = role === 'townshipClerk' || role === 'districtOfficer'
  const mayAdd = role === 'guide' || mayExport
  const key = JSON.stringify([filters, query])
  const pages = usePages(key)
  const page = useLoad<Page>(`households ${key} ${pages.after ?? ''}`, signal =>
    ask(filters, query, pages.after, 50, signal),
  )
  const around = { ...filters, circle: undefined }
  const all = useLoad<Page>(`households around ${JSON.stringify([around, query])}`, signal =>
    ask(around, query, undefined, 1, signal),
  )
  useLive(['registry.', 'feeds.'], page.again)
  const counts = all.value?.counts
  const inWords = useFilterWords(filters)
  const narrowed = inWords.length > 0 || query !== ''
  const find = (q: string) => {
    lastQuery = q
    setTyped(q)
    setQuery(q)
  }
  const clear = () => {
    find('')
    set({ division: undefined, circle: undefined, tier: undefined, class: undefined, has: undefined })
  }
  const mine = counts
    ? {
        households: counts.households,
        1: counts.circles[1],
        2: counts.circles[2],
        3: counts.circles[3],
        4: counts.circles.none,
      }
    : undefined
  const withCount = (label: string, n: number | undefined) => (n === undefined ? label : `${label} ${n}`)
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second" role="status">
            {counts && (narrowed ? words.leadFiltered : words.lead)(counts.households, counts.people)}
          </p>
        </div>
        <div className="row">
          {role === 'districtOfficer' && <Link to="/minors-year">{words.minorsYear}</Link>}
          {mayExport && <Button onClick={() => setExporting(true)}>{words.export}</Button>}
          {mayAdd && (
            <Link to="/registry/new" className="button main">
              <Icon name="plus" />
              {words.add}
            </Link>
          )}
        </div>
      </header>
      <Card label={words.filters}>
        {maySearch && (
          <form
            className="registry-search"
            role="search"
            onSubmit={event => {
              event.preventDefault()
              find(typed.trim())
            }}
          >
            <label className="unseen" htmlFor="registry-q">
              {words.search}
            </label>
            <input
              id="registry-q"
              data-own-slash
              type="search"
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
              placeholder={words.search}
              aria-describedby="registry-hint"
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
            />
            <Button submit kind="main" icon="search">
              {words.go}
            </Button>
            {query !== '' && (
              <Button kind="text" onClick={() => find('')}>
                {words.clearSearch}
              </Button>
            )}
            <span className="second small" id="registry-hint">
              {words.searchHint}
            </span>
          </form>
        )}
        <FilterBar filters={filters} set={set} scope={session.state === 'known' ? session.scope : undefined} />
        <div className="registry-circles">
          <Segmented
            name="circle"
            label={words.circle}
            value={filters.circle ?? 'all'}
            onChange={value => set({ circle: value === 'all' ? undefined : value })}
            options={[
              { value: 'all' as const, label: withCount(words.allCircles, mine?.households) },
              ...circles.map(value => ({ value, label: withCount(words.circles[value], mine?.[value]) })),
            ]}
          />
          {narrowed && (
            <Button kind="text" onClick={clear}>
              {words.clear}
            </Button>
          )}
        </div>
      </Card>
      <div className="registry-list">
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card', 'card', 'card', 'card', 'card']} />}
        {page.value?.items.length === 0 && <Nothing query={query} filters={inWords} clear={clear} mayAdd={mayAdd} />}
        {page.value && page.value.items.length > 0 && (
          <Card label={words.rows}>
            <HouseholdTable rows={page.value.items} busy={page.busy} />
            <div className="registry-foot">
              <p className="second small">{words.masked}</p>
              <Pager pages={pages} next={page.value.next} />
            </div>
          </Card>
        )}
      </div>
      {exporting && <ExportDialog filters={filters} query={query} onClose={() => setExporting(false)} />}
    </>
  )
}

function Nothing({
  query,
  filters,
  clear,
  mayAdd,
}: {
  readonly query: string
  readonly filters: readonly string[]
  readonly clear: () => void
  readonly mayAdd: boolean
}) {
  const words = useRegistryWords()
  if (query === '' && filters.length === 0)
    return (
      <Empty
        title={words.emptyTitle}
        act={
          mayAdd && (
            <Link to="/registry/new" className="button main">
              {words.add}
            </Link>
          )
        }
      >
        {words.emptyText}
      </Empty>
    )
  const shown = [...(query === '' ? [] : [words.foundFor(query)]), ...filters].join(' · ')
  return (
    <Empty
      title={query === '' ? words.filteredTitle : words.notFound}
      act={<Button onClick={clear}>{words.clear}</Button>}
    >
      {words.filteredText(shown)} {query === '' ? '' : words.notFoundText}
    </Empty>
  )
}
