import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { Details } from './details.tsx'
import { Outcome, useRoleAndPlace, useWho, type Entry } from './who.tsx'
import { useAuditWords } from './words.ts'
import { zh } from './zh.ts'
import '../pools/pools.css'
import './audit.css'

type Page = Result<'GET /audit'>

const day = (typed: string | undefined) => (typed && /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : undefined)
const id = (typed: string | undefined) => (typed && /^[0-9a-f-]{36}$/.test(typed) ? typed : undefined)
const areas = Object.keys(zh.areas) as (keyof typeof zh.areas)[]
const outcomes = ['done', 'refused', 'failed'] as const

/** 轨迹: who did what to whom, for what, and how it ended; newest first. */
export function AuditScreen() {
  const say = useAuditWords()
  const said = useSaid()
  const language = useLanguage()
  const nameOf = useWho()
  const session = useSession()
  const [filters, set] = useFilters()
  const [opened, setOpened] = useState<Entry>()
  const [more, setMore] = useState<{ readonly first: Page; readonly pages: readonly Page[] }>()
  const area = oneOf(areas, filters['area'])
  const outcome = oneOf(outcomes, filters['outcome'])
  const [account, subject] = [id(filters['account']), id(filters['subject'])]
  const [from, until] = [day(filters['from']), day(filters['until'])]
  const query = {
    ...(area ? { action: area } : {}),
    ...(outcome ? { outcome } : {}),
    ...(account ? { account } : {}),
    ...(subject ? { subject } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
  }
  const first = useLoad(JSON.stringify(query), signal => api('GET /audit', { query, signal }))
  const pages = first.value ? [first.value, ...(more?.first === first.value ? more.pages : [])] : []
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (!next || !first.value) return
    const page = await api('GET /audit', { query: { ...query, after: next } })
    setMore({ first: first.value, pages: [...pages.slice(1), page] })
  })
  const items = pages.flatMap(page => page.items)
  const clear = () =>
    set({
      area: undefined,
      outcome: undefined,
      account: undefined,
      subject: undefined,
      from: undefined,
      until: undefined,
    })
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <span className="row">
          {session.state === 'known' && session.role === 'auditor' && <Link to="/minors-year">{say.minorsYear}</Link>}
          <Button onClick={first.again} busy={first.busy && first.value !== undefined}>
            {say.fresh}
          </Button>
        </span>
      </header>
      <div className="desk-pile">
        <div className="filters">
          <SelectField
            label={say.area}
            blank={say.all}
            value={area ?? ''}
            options={areas.map(value => ({ value, label: say.areas[value] }))}
            onChange={value => set({ area: value })}
          />
          <SelectField
            label={say.outcome}
            blank={say.all}
            value={outcome ?? ''}
            options={outcomes.map(value => ({ value, label: say.outcomes[value] }))}
            onChange={value => set({ outcome: value })}
          />
          <label className="filter-day">
            <span>{say.from}</span>
            <input type="date" value={from ?? ''} onChange={event => set({ from: event.currentTarget.value })} />
          </label>
          <label className="filter-day">
            <span>{say.until}</span>
            <input type="date" value={until ?? ''} onChange={event => set({ until: event.currentTarget.value })} />
          </label>
          {account && <Lift words={say.onlyAccount} lift={() => set({ account: undefined })} />}
          {subject && <Lift words={say.onlySubject} lift={() => set({ subject: undefined })} />}
        </div>
        {first.problem && <Failed problem={first.problem} again={first.again} at={first.at} />}
        {!first.value && !first.problem && <Skeleton shape={['line', 'tall']} />}
        {first.value && items.length === 0 && (
          <Empty
            title={Object.keys(query).length > 0 ? say.emptyFiltered : say.empty}
            act={Object.keys(query).length > 0 && <Button onClick={clear}>{say.clear}</Button>}
          />
        )}
        {items.length > 0 && (
          <Card>
            <Table
              caption={say.title}
              busy={first.busy}
              rows={items}
              rowKey={entry => entry.id}
              columns={[
                {
                  key: 'at',
                  head: say.columns.at,
                  cell: entry => <span className="audit-at">{formatInstant(entry.at, language)}</span>,
                },
                { key: 'who', head: say.columns.who, cell: entry => <Who entry={entry} /> },
                {
                  key: 'what',
                  head: say.columns.what,
                  main: true,
                  cell: entry => (
                    <>
                      <button
                        type="button"
                        className="audit-what"
                        data-row
                        aria-haspopup="dialog"
                        aria-label={`${nameOf(entry)} ${said(entry.words)}`}
                        onClick={() => setOpened(entry)}
                      >
                        {said(entry.words)}
                      </button>
                      {entry.subject?.name && entry.subject.id !== entry.accountId && (
                        <span className="audit-as">{entry.subject.name}</span>
                      )}
                    </>
                  ),
                },
                {
                  key: 'purpose',
                  head: say.columns.purpose,
                  cell: entry => say.purposes[entry.purpose] ?? entry.purpose,
                },
                { key: 'outcome', head: say.columns.outcome, cell: entry => <Outcome of={entry.outcome} /> },
              ]}
            />
          </Card>
        )}
        {next && (
          <div>
            <Button onClick={load} busy={loading.busy}>
              {say.more}
            </Button>
          </div>
        )}
        {loading.problem && <Failed problem={loading.problem} />}
      </div>
      {opened && (
        <Details
          entry={opened}
          onClose={() => setOpened(undefined)}
          only={narrowed => {
            setOpened(undefined)
            set(narrowed)
          }}
        />
      )}
    </div>
  )
}

function Lift({ words, lift }: { readonly words: string; readonly lift: () => void }) {
  const say = useAuditWords()
  return (
    <p className="audit-only">
      <Tag tone="river">{words}</Tag>
      <Button kind="text" icon="close" onClick={lift}>
        {say.lift}
      </Button>
    </p>
  )
}

function Who({ entry }: { readonly entry: Entry }) {
  const nameOf = useWho()
  const { role, place } = useRoleAndPlace()(entry)
  return (
    <>
      {nameOf(entry)}
      {entry.who && <span className="audit-as">{place ? `${role} · ${place}` : role}</span>}
    </>
  )
}
