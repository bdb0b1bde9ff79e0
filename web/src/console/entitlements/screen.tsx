import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { usePlaces } from '../shell/places.ts'
import { Runs } from './runs.tsx'
import { Totals } from './totals.tsx'
import { useEntitlementWords } from './words/index.ts'
import './entitlements.css'

type Line = Result<'GET /entitlements/findings'>['items'][number]

const kinds = ['unclaimed', 'recheck'] as const
const states = ['open', 'taken', 'closed'] as const

/** Two working lists: entitled and not receiving, and receiving where somebody should look. Questions, never accusations. */
export function EntitlementsScreen() {
  const words = useEntitlementWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const [raw, set] = useFilters()
  const known = session.state === 'known' ? session : undefined
  const office = known?.role === 'townshipClerk' || known?.role === 'districtOfficer'
  const kind = (office && oneOf(kinds, raw['list'])) || 'unclaimed'
  const state = oneOf(states, raw['state']) ?? 'open'
  const policy = /^[\w-]{1,60}$/.test(raw['policy'] ?? '') ? raw['policy'] : undefined
  const division = /^\d{9}(\d{3})?$/.test(raw['division'] ?? '') ? raw['division'] : undefined
  const places = usePlaces(known?.scope, division)
  const key = JSON.stringify([kind, state, policy, division])
  const pages = usePages(`findings ${key}`)
  const page = useLoad(`findings ${key} ${pages.after ?? ''}`, signal =>
    api('GET /entitlements/findings', {
      query: {
        kind,
        state,
        limit: 50,
        ...(policy ? { policy } : {}),
        ...(division ? { division } : {}),
        ...(pages.after ? { after: pages.after } : {}),
      },
      signal,
    }),
  )
  const summary = useLoad(`summary ${kind}`, signal => api('GET /entitlements/summary', { query: { kind }, signal }))
  const again = () => {
    page.again()
    summary.again()
  }
  useLive(['entitlements.moved'], again)
  const policies = (summary.value?.policies ?? []).map(one => ({ value: one.id, label: said(one.name) }))
  const policyName = policies.find(one => one.value === policy)?.label ?? policy
  const narrowed = [
    state === 'open' ? undefined : words.states[state],
    policyName,
    places.find(place => place.value === division)?.label.trim(),
  ].filter(part => part !== undefined)
  const clear = () => set({ state: undefined, policy: undefined, division: undefined })
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{summary.value?.on && words.on(formatDay(summary.value.on, language))}</p>
        </div>
        {office && (
          <Segmented
            name="list"
            label={words.which}
            value={kind}
            onChange={list => set({ list: list === 'unclaimed' ? undefined : list, policy: undefined })}
            options={kinds.map(value => ({ value, label: words.lists[value] }))}
          />
        )}
      </header>
      <div className="desk-pile">
        {summary.problem && <Failed problem={summary.problem} again={summary.again} at={summary.at} />}
        {!summary.value && !summary.problem && <Skeleton shape={['title', 'card']} />}
        {summary.value && (
          <Totals
            kind={kind}
            summary={summary.value}
            onPolicy={id => set({ policy: id })}
            onTownship={code => set({ division: code })}
          />
        )}
        {kind === 'recheck' && <Notice>{words.question}</Notice>}
        {known?.role === 'districtOfficer' && <Runs onEnd={again} />}
        <Card label={words.filters}>
          <div className="findings-filters">
            <SelectField
              label={words.state}
              value={state}
              onChange={value => set({ state: value === 'open' ? undefined : value })}
              options={states.map(value => ({ value, label: words.states[value] }))}
            />
            <SelectField
              label={words.policy}
              blank={words.any}
              value={policy ?? ''}
              onChange={value => set({ policy: value })}
              options={
                policy && !policies.some(p => p.value === policy)
                  ? [...policies, { value: policy, label: policy }]
                  : policies
              }
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
            {narrowed.length > 0 && (
              <Button kind="text" onClick={clear}>
                {words.clear}
              </Button>
            )}
          </div>
        </Card>
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card', 'card', 'card']} />}
        {page.value?.items.length === 0 &&
          (narrowed.length > 0 ? (
            <Empty title={words.filteredTitle} act={<Button onClick={clear}>{words.clear}</Button>}>
              {words.filteredText(narrowed.join(' · '))}
            </Empty>
          ) : (
            <Empty good title={words.emptyTitle[kind]}>
              {words.emptyText[kind]}
            </Empty>
          ))}
        {page.value && page.value.items.length > 0 && (
          <Card label={words.rows}>
            <div className="desk-card-head">
              <h2>{words.lists[kind]}</h2>
              <span className="second small" role="status">
                {page.value.count !== null &&
                  words.found(formatYuan(page.value.count), formatYuan(page.value.households ?? 0))}
              </span>
            </div>
            <FindingTable rows={page.value.items} busy={page.busy} />
            <Pager pages={pages} next={page.value.next} />
          </Card>
        )}
      </div>
    </>
  )
}

function FindingTable({ rows, busy }: { readonly rows: readonly Line[]; readonly busy: boolean }) {
  const words = useEntitlementWords()
  const said = useSaid()
  const language = useLanguage()
  const worth = rows.some(row => row.kind === 'unclaimed')
  return (
    <Table
      caption={words.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'family',
          head: words.heads.family,
          main: true,
          cell: row => (
            <>
              <Link to={`/entitlements/${row.id}`} data-row className="desk-line">
                {words.familyOf(row.household.head)}
              </Link>{' '}
              <span className="second small">{words.size(row.household.size)}</span>
            </>
          ),
        },
        {
          key: 'policy',
          head: words.heads.policy,
          cell: row => (
            <>
              {said(row.policy.name)}{' '}
              <span className="second small">
                {row.person ? words.forPerson(row.person.name) : words.wholeFamily}
                {row.conditionalOn && ` · ${words.hangsOn(words.tiers[row.conditionalOn] ?? '')}`}
              </span>
            </>
          ),
        },
        {
          key: 'place',
          head: words.heads.place,
          cell: row => (
            <span className="second">
              {row.place.township}
              {row.place.name}
            </span>
          ),
        },
        ...(worth
          ? [
              {
                key: 'worth',
                head: words.heads.worth,
                figure: true,
                cell: (row: Line) =>
                  row.amountAYear === null ? (
                    <span className="second small">{words.noAmount}</span>
                  ) : (
                    <span className="whole">
                      {words.aYear(formatYuan(row.amountAYear))} {row.example && <Example />}
                    </span>
                  ),
              },
            ]
          : []),
        {
          key: 'found',
          head: words.heads.found,
          cell: row => <span className="second small whole">{formatDay(row.foundOn, language)}</span>,
        },
        {
          key: 'state',
          head: words.heads.state,
          cell: row => (
            <>
              <Tag tone={row.state === 'closed' ? 'hill' : 'line'}>{said(row.outcomeWords ?? row.stateWords)}</Tag>{' '}
              {row.state === 'taken' && row.takenBy && (
                <span className="second small whole">{words.takenBy(row.takenBy)}</span>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
