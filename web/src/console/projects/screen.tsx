import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useMarks, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { NeedDue } from '../needs/due.tsx'
import { useDivisions } from '../shell/place-name.ts'
import { CharterDialog } from './charter-dialog.tsx'
import { Designs } from './designs.tsx'
import { toneOf, yuan } from './look.ts'
import { useProjectWords } from './words.ts'
import './projects.css'

type Line = Result<'GET /projects'>['items'][number]
const shows = ['open', 'free', 'late', 'closed', 'all'] as const
const states = ['draft', 'callOpen', 'contracted', 'running', 'ended', 'evaluated', 'settled', 'archived'] as const
const brands = ['study', 'medical', 'hardship', 'disability'] as const

/** 帮扶项目: which there are, where a place is free, what they cost; and needs that would make another. */
export function ProjectsScreen() {
  const say = useProjectWords()
  const said = useSaid()
  const session = useSession()
  const isHub = session.state === 'known' && (session.role === 'operator' || session.role === 'districtOfficer')
  const navigate = useNavigate()
  const [raw, set] = useFilters()
  const [beginning, begin] = useState(false)
  const show = oneOf(shows, raw['show']) ?? 'open'
  const state = oneOf(states, raw['state'])
  const brand = oneOf(brands, raw['brand'])
  const [service, township] = [raw['service'], raw['township']]
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const townships = (useDivisions()?.divisions ?? []).filter(one => one.code.length === 9)
  const key = JSON.stringify([show, state, brand, service, township])
  const pages = usePages(`projects ${key}`)
  const page = useLoad(`projects ${key} ${pages.after ?? ''}`, signal =>
    api('GET /projects', {
      query: {
        show: state && show === 'open' ? 'all' : show,
        ...(state ? { state } : {}),
        ...(brand ? { brand } : {}),
        ...(service ? { service } : {}),
        ...(township ? { division: township as never } : {}),
        ...(pages.after ? { after: pages.after } : {}),
      },
      signal,
    }),
  )
  useLive(['projects.projectMoved', 'projects.placeFree'], page.again)
  const clear = { show: undefined, state: undefined, brand: undefined, service: undefined, township: undefined }
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.lead}</p>
        </div>
        {isHub && (
          <Button icon="plus" kind="main" onClick={() => begin(true)}>
            {say.begin}
          </Button>
        )}
      </header>
      <div className="desk-pile">
        {isHub && <Designs />}
        <Card label={say.show}>
          <div className="projects-filters">
            <SelectField
              label={say.show}
              value={show}
              onChange={value => set({ show: value === 'open' ? undefined : value })}
              options={shows.map(value => ({ value, label: say.shows[value] }))}
            />
            <SelectField
              label={say.state}
              blank={say.any}
              value={state ?? ''}
              onChange={value => set({ state: value || undefined })}
              options={states.map(value => ({ value, label: say.states[value] }))}
            />
            <SelectField
              label={say.brand}
              blank={say.any}
              value={brand ?? ''}
              onChange={value => set({ brand: value || undefined })}
              options={brands.map(value => ({ value, label: say.brands[value] }))}
            />
            <SelectField
              label={say.service}
              blank={say.any}
              value={service ?? ''}
              onChange={value => set({ service: value || undefined })}
              options={(services.value?.items ?? []).map(one => ({ value: one.id, label: said(one.name) }))}
            />
            <SelectField
              label={say.township}
              blank={say.any}
              value={township ?? ''}
              onChange={value => set({ township: value || undefined })}
              options={townships.map(one => ({ value: one.code, label: one.name }))}
            />
          </div>
        </Card>
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card']} />}
        {page.value?.items.length === 0 && (
          <Empty title={say.empty} act={<Button onClick={() => set(clear)}>{say.clear}</Button>}>
            {say.emptyText}
          </Empty>
        )}
        {page.value && page.value.items.length > 0 && (
          <Card label={say.rows}>
            <h2>{say.rows}</h2>
            <Sums sums={page.value.sums} />
            <ProjectTable rows={page.value.items} busy={page.busy} />
            <Pager pages={pages} next={page.value.next} />
          </Card>
        )}
      </div>
      {beginning && (
        <CharterDialog
          onSaved={project =>
            navigate({ to: '/projects/$projectId' as never, params: { projectId: project.id } as never })
          }
          onClose={() => begin(false)}
        />
      )}
    </>
  )
}

function Sums({ sums }: { readonly sums: Result<'GET /projects'>['sums'] }) {
  const { sums: say } = useProjectWords()
  return (
    <dl className="projects-sums">
      {(['projects', 'places', 'placed', 'waiting'] as const).map(which => (
        <div key={which}>
          <dt>{say[which]}</dt>
          <dd>{sums[which].toLocaleString('en-US')}</dd>
        </div>
      ))}
      <div>
        <dt>{say.budget}</dt>
        <dd>{yuan(sums.budgetFen)}</dd>
      </div>
    </dl>
  )
}

function ProjectTable({ rows, busy }: { readonly rows: readonly Line[]; readonly busy: boolean }) {
  const say = useProjectWords()
  const { list } = useMarks()
  const said = useSaid()
  return (
    <Table
      caption={say.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'name',
          head: say.heads.name,
          main: true,
          cell: row => (
            <>
              <Link
                to={'/projects/$projectId' as never}
                params={{ projectId: row.id } as never}
                data-row
                className="desk-line"
              >
                {row.name}
              </Link>{' '}
              <span className="second small">{said(row.brand.words)}</span>
            </>
          ),
        },
        {
          key: 'state',
          head: say.heads.state,
          cell: row => <Tag tone={toneOf[row.state]}>{said(row.stateWords)}</Tag>,
        },
        { key: 'services', head: say.heads.services, cell: row => row.services.map(one => said(one.name)).join(list) },
        {
          key: 'area',
          head: say.heads.area,
          cell: row => (row.area.length === 0 ? say.wholeDistrict : row.area.join(list)),
        },
        { key: 'places', head: say.heads.places, cell: row => say.placesOf(row.placed, row.places, row.waiting) },
        { key: 'money', head: say.heads.money, cell: row => <Money row={row} /> },
        { key: 'organisation', head: say.heads.organisation, cell: row => row.organisation ?? say.none },
        {
          key: 'due',
          head: say.heads.due,
          cell: row => (row.daysLeft === null ? say.none : <NeedDue daysLeft={row.daysLeft} />),
        },
      ]}
    />
  )
}

function Money({ row }: { readonly row: Line }) {
  const say = useProjectWords()
  if (row.budgetFen === null) return <span className="second">{say.noBudget}</span>
  return (
    <>
      {say.yuan(yuan(row.budgetFen))}{' '}
      {row.budgetState === 'asked' && <span className="second small">{say.askedBudget}</span>}
      {row.isExample && <span className="second small"> {say.example}</span>}
    </>
  )
}
