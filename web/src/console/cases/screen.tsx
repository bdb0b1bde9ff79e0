import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Clock } from '../../parts/desk/clock.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { usePlaces } from '../shell/places.ts'
import { useCasesWords } from './words/index.ts'
import './cases.css'

type Line = Result<'GET /cases'>['items'][number]

const states = ['open', 'new', 'accepted', 'contacted', 'visited', 'filed', 'handedOver', 'returned', 'closed'] as const

/** More stand on the page of the case. */
const mostWants = 4

/** The cases in reach, those due first. */
export function CasesScreen() {
  const words = useCasesWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const state = oneOf(states, raw['state']) ?? 'open'
  const mine = raw['mine'] === 'true'
  const late = raw['late'] === 'true'
  const division = /^\d{9}(\d{3})?$/.test(raw['division'] ?? '') ? raw['division'] : undefined
  const scope = session.state === 'known' ? session.scope : undefined
  const places = usePlaces(scope, division)
  const key = JSON.stringify([state, mine, late, division])
  const pages = usePages(`cases ${key}`)
  const page = useLoad(`cases ${key} ${pages.after ?? ''}`, signal =>
    api('GET /cases', {
      query: {
        limit: 50,
        state,
        ...(mine ? { mine: 'true' as const } : {}),
        ...(late ? { late: 'true' as const } : {}),
        ...(division ? { division } : {}),
        ...(pages.after ? { after: pages.after } : {}),
      },
      signal,
    }),
  )
  useLive(['outreach.'], page.again)
  const narrowed = [
    state === 'open' ? undefined : words.states[state],
    mine ? words.mine : undefined,
    late ? words.late : undefined,
    places.find(place => place.value === division)?.label.trim(),
  ].filter(part => part !== undefined)
  const clear = () => set({ state: undefined, mine: undefined, late: undefined, division: undefined })
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{words.lead}</p>
        </div>
      </header>
      <Card label={words.show}>
        <div className="cases-filters">
          <SelectField
            label={words.state}
            value={state}
            onChange={value => set({ state: value === 'open' ? undefined : value })}
            options={states.map(value => ({ value, label: words.states[value] }))}
          />
          {places.length > 1 && (
            <SelectField
              label={words.place}
              blank={words.any}
              value={division ?? ''}
              onChange={value => set({ division: value })}
              options={places}
            />
          )}
          <Check label={words.mine} on={mine} onChange={on => set({ mine: on ? 'true' : undefined })} />
          <Check label={words.late} on={late} onChange={on => set({ late: on ? 'true' : undefined })} />
          {narrowed.length > 0 && (
            <Button kind="text" onClick={clear}>
              {words.clear}
            </Button>
          )}
        </div>
      </Card>
      <div className="cases-list">
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card', 'card', 'card', 'card']} />}
        {page.value?.items.length === 0 &&
          (narrowed.length > 0 ? (
            <Empty title={words.filteredTitle} act={<Button onClick={clear}>{words.clear}</Button>}>
              {words.filteredText(narrowed.join(' · '))}
            </Empty>
          ) : (
            <Empty good title={words.emptyTitle}>
              {words.emptyText}
            </Empty>
          ))}
        {page.value && page.value.items.length > 0 && (
          <Card label={words.rows}>
            <CaseTable rows={page.value.items} busy={page.busy} />
            <Pager pages={pages} next={page.value.next} />
          </Card>
        )}
      </div>
    </>
  )
}

const Check = ({
  label,
  on,
  onChange,
}: {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) => (
  <label className="cases-check">
    <input type="checkbox" checked={on} onChange={event => onChange(event.currentTarget.checked)} />
    {label}
  </label>
)

function CaseTable({ rows, busy }: { readonly rows: readonly Line[]; readonly busy: boolean }) {
  const words = useCasesWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Table
      caption={words.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'left',
          head: words.heads.left,
          cell: row => <Clock state={row.clock.state} daysLeft={row.clock.daysLeft} />,
        },
        {
          key: 'family',
          head: words.heads.family,
          main: true,
          cell: row => (
            <>
              <Link to={`/cases/${row.id}`} data-row className="desk-line">
                {row.name}
              </Link>
              <span className="second cases-place">{row.village.name}</span>{' '}
              {row.questionOpen && (
                <Tag tone="ochre" icon="question">
                  {words.asks}
                </Tag>
              )}
            </>
          ),
        },
        {
          key: 'what',
          head: words.heads.what,
          cell: row => row.clock.words && <span className="whole">{said(row.clock.words)}</span>,
        },
        { key: 'state', head: words.heads.state, cell: row => <Tag tone="line">{said(row.stateWords)}</Tag> },
        {
          key: 'wants',
          head: words.heads.wants,
          cell: row => (
            <span className="second">
              {row.wants.slice(0, mostWants).map(said).join(' · ')}
              {row.wants.length > mostWants && ` · ${words.more(row.wants.length - mostWants)}`}
            </span>
          ),
        },
        {
          key: 'holder',
          head: words.heads.holder,
          cell: row => (
            <span className={row.holder ? 'whole' : 'whole second'}>
              {row.mine ? words.you : (row.holder ?? words.nobody)}
            </span>
          ),
        },
        {
          key: 'cameIn',
          head: words.heads.cameIn,
          cell: row => <span className="second small whole">{formatInstant(row.cameInAt, language)}</span>,
        },
      ]}
    />
  )
}
