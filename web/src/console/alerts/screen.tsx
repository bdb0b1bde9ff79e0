import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { usePlaces } from '../shell/places.ts'
import { Circles } from './circles.tsx'
import { Due } from './due.tsx'
import { LevelTag, levels } from './level.tsx'
import { TownshipMap } from './map.tsx'
import { Quality } from './quality.tsx'
import { useAlertWords } from './words/index.ts'
import './alerts.css'

export type AlertLine = Result<'GET /alerts'>['items'][number]

const views = ['list', 'map', 'quality', 'circles'] as const
const shows = ['open', 'mine', 'late', 'closed', 'all'] as const

/** 风险干预: what the data say, for people to look at. */
export function AlertsScreen() {
  const words = useAlertWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const role = session.state === 'known' ? session.role : undefined
  const office = role === 'townshipClerk' || role === 'districtOfficer'
  const view = (office && oneOf(views, raw['view'])) || 'list'
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{words.lead}</p>
        </div>
        {office && (
          <Segmented
            name="view"
            label={words.which}
            value={view}
            onChange={next => set({ view: next === 'list' ? undefined : next, alert: undefined, household: undefined })}
            options={views.map(value => ({ value, label: words.views[value] }))}
          />
        )}
      </header>
      {view === 'list' && <List />}
      {view === 'map' && <TownshipMap onOpen={code => set({ view: undefined, division: code })} />}
      {view === 'quality' && <Quality />}
      {view === 'circles' && <Circles />}
    </>
  )
}

function List() {
  const words = useAlertWords()
  const said = useSaid()
  const session = useSession()
  const [raw, set] = useFilters()
  const known = session.state === 'known' ? session : undefined
  const show = oneOf(shows, raw['show']) ?? 'open'
  const level = oneOf(levels, raw['level'])
  const rule = /^R\d\d$/.test(raw['rule'] ?? '') ? raw['rule'] : undefined
  const division = /^\d{9}(\d{3})?$/.test(raw['division'] ?? '') ? raw['division'] : undefined
  const places = usePlaces(known?.scope, division)
  const key = JSON.stringify([show, level, rule, division])
  const pages = usePages(`alerts ${key}`)
  const page = useLoad(`alerts ${key} ${pages.after ?? ''}`, signal =>
    api('GET /alerts', {
      query: {
        show,
        limit: 50,
        ...(level ? { level } : {}),
        ...(rule ? { rule } : {}),
        ...(division ? { division } : {}),
        ...(pages.after ? { after: pages.after } : {}),
      },
      signal,
    }),
  )
  const rules = useLoad('alert rules', signal => api('GET /alerts/rules', { signal }))
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved', 'alerts.late', 'alerts.verified'], page.again)
  const ruleNames = (rules.value?.items ?? []).map(one => ({ value: one.id, label: `${one.id} ${said(one.name)}` }))
  const narrowed = [
    show === 'open' ? undefined : words.shows[show],
    level && words.levels[level],
    rule && (ruleNames.find(r => r.value === rule)?.label ?? rule),
    places.find(place => place.value === division)?.label.trim(),
  ].filter(part => part !== undefined)
  const clear = () => set({ show: undefined, level: undefined, rule: undefined, division: undefined })
  const counts = page.value?.counts
  return (
    <div className="desk-pile">
      <Card label={words.filters}>
        <div className="alert-filters">
          <SelectField
            label={words.show}
            value={show}
            onChange={value => set({ show: value === 'open' ? undefined : value })}
            options={shows.map(value => ({ value, label: words.shows[value] }))}
          />
          <SelectField
            label={words.level}
            blank={words.any}
            value={level ?? ''}
            onChange={value => set({ level: value })}
            options={levels.map(value => ({ value, label: words.levels[value] }))}
          />
          <SelectField
            label={words.rule}
            blank={words.any}
            value={rule ?? ''}
            onChange={value => set({ rule: value })}
            options={ruleNames}
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
          <Empty good title={words.emptyTitle}>
            {words.emptyText}
          </Empty>
        ))}
      {page.value && page.value.items.length > 0 && (
        <Card label={words.rows}>
          <div className="desk-card-head">
            <h2>{words.rows}</h2>
            <span className="second small" role="status">
              {counts && words.found(counts.red, counts.orange, counts.yellow, counts.blue)}
              {counts && counts.late > 0 && ` · ${words.late(counts.late)}`}
              {counts && counts.willBeLate > 0 && ` · ${words.willBeLate(counts.willBeLate)}`}
            </span>
          </div>
          <AlertTable rows={page.value.items} busy={page.busy} />
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
    </div>
  )
}

export function AlertTable({ rows, busy }: { readonly rows: readonly AlertLine[]; readonly busy: boolean }) {
  const words = useAlertWords()
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
          key: 'alert',
          head: words.heads.alert,
          main: true,
          cell: row => (
            <>
              <LevelTag level={row.level} />{' '}
              <Link to={`/alerts/${row.id}`} data-row className="desk-line">
                {said(row.name)}
              </Link>{' '}
              {row.times > 1 && <span className="second small">{words.times(row.times)}</span>}
              {row.ceasedOn && <span className="second small"> {words.ceased(formatDay(row.ceasedOn, language))}</span>}
            </>
          ),
        },
        {
          key: 'family',
          head: words.heads.family,
          cell: row =>
            row.household ? (
              <>
                {words.familyOf(row.household.head)}
                {row.person && ` · ${row.person.name}`}
              </>
            ) : (
              '—'
            ),
        },
        { key: 'place', head: words.heads.place, cell: row => `${row.place.township}${row.place.name}` },
        { key: 'due', head: words.heads.due, cell: row => <Due clock={row.clock} /> },
        { key: 'holder', head: words.heads.holder, cell: row => row.holder ?? words.nobody },
        {
          key: 'state',
          head: words.heads.state,
          cell: row => (
            <>
              <Tag tone={row.state === 'closed' ? 'hill' : 'line'}>{said(row.stateWords)}</Tag>
              {row.careful && <span className="second small"> {words.careful}</span>}
            </>
          ),
        },
      ]}
    />
  )
}
