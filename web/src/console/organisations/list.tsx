import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { useDivisions } from '../shell/place-name.ts'
import { EditDialog } from './edit-dialog.tsx'
import { StageTag, Standing } from './standing.tsx'
import { useOrganisationWords } from './words.ts'

const shows = ['all', 'working', 'ending', 'ended', 'lapsed', 'proof'] as const
const kinds = ['socialOrganisation', 'firm', 'publicBody'] as const
const stages = ['seedling', 'incubating', 'mature', 'left'] as const
const keepers = ['districtOfficer', 'operator']

export function OrganisationList() {
  const say = useOrganisationWords()
  const said = useSaid()
  const session = useSession()
  const [raw, set] = useFilters()
  const [adding, setAdding] = useState(false)
  const mayAdd = session.state === 'known' && keepers.includes(session.role)
  const places = useDivisions()?.divisions.filter(one => one.code.length === 9) ?? []
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const [kind, stage] = [oneOf(kinds, raw['kind']), oneOf(stages, raw['stage'])]
  const { service, division, search } = raw
  const query = {
    show: oneOf(shows, raw['show']) ?? ('all' as const),
    ...(kind && { kind }),
    ...(stage && { stage }),
    ...(service && { service }),
    ...(division && { division }),
    ...(search && { search }),
  }
  const key = `organisations ${JSON.stringify(query)}`
  const pages = usePages(key)
  const page = useLoad(`${key} ${pages.after ?? ''}`, signal =>
    api('GET /organisations', { query: { ...query, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  const isNarrowed = Object.keys(query).length > 1 || query.show !== 'all'
  const clear = () => {
    const none = { show: undefined, kind: undefined, stage: undefined }
    set({ ...none, service: undefined, division: undefined, search: undefined })
  }
  return (
    <div className="desk-pile">
      <Card label={say.show}>
        <div className="org-filters">
          <SelectField
            label={say.show}
            value={query.show}
            onChange={show => set({ show: show === 'all' ? undefined : show })}
            options={shows.map(value => ({ value, label: say.shows[value] }))}
          />
          <SelectField
            label={say.kind}
            blank={say.any}
            value={kind ?? ''}
            onChange={value => set({ kind: value })}
            options={kinds.map(value => ({ value, label: say.kinds[value] }))}
          />
          <SelectField
            label={say.stage}
            blank={say.any}
            value={stage ?? ''}
            onChange={value => set({ stage: value })}
            options={stages.map(value => ({ value, label: say.stages[value] }))}
          />
          <SelectField
            label={say.service}
            blank={say.any}
            value={service ?? ''}
            onChange={value => set({ service: value })}
            options={(services.value?.items ?? []).map(one => ({
              value: one.id,
              label: `${one.id} ${said(one.name)}`,
            }))}
          />
          <SelectField
            label={say.place}
            blank={say.wholeDistrict}
            value={division ?? ''}
            onChange={value => set({ division: value })}
            options={places.map(one => ({ value: one.code, label: one.name }))}
          />
          <TextField
            label={say.search}
            kind="search"
            maxLength={40}
            value={search ?? ''}
            onChange={value => set({ search: value })}
          />
        </div>
      </Card>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value && (
        <Card label={say.rows}>
          <div className="desk-card-head">
            <h2>{say.rows}</h2>
            {mayAdd && (
              <Button icon="plus" onClick={() => setAdding(true)}>
                {say.add}
              </Button>
            )}
          </div>
          {page.value.items.length === 0 ? (
            isNarrowed ? (
              <Empty title={say.filteredTitle} act={<Button onClick={clear}>{say.clear}</Button>}>
                {say.filteredText}
              </Empty>
            ) : (
              <Empty title={say.emptyTitle}>{say.emptyText}</Empty>
            )
          ) : (
            <Table
              caption={say.rows}
              rows={page.value.items}
              busy={page.busy}
              rowKey={row => row.id}
              columns={[
                {
                  key: 'name',
                  head: say.heads.name,
                  main: true,
                  cell: row => (
                    <>
                      <Link to="/organisations/$organisationId" params={{ organisationId: row.id } as never} data-row>
                        {row.name}
                      </Link>
                      <span className="second small"> {say.kinds[row.kind]}</span>
                    </>
                  ),
                },
                { key: 'stage', head: say.heads.stage, cell: row => <StageTag stage={row.stage} /> },
                { key: 'seat', head: say.heads.seat, cell: row => row.seat.name },
                {
                  key: 'capacity',
                  head: say.heads.capacity,
                  cell: row =>
                    row.capacity.map(one => say.capacityOf(said(one.service.name), one.places)).join(' · ') || (
                      <span className="second">{say.noCapacity}</span>
                    ),
                },
                { key: 'access', head: say.heads.access, cell: row => <Standing one={row} /> },
              ]}
            />
          )}
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
      {adding && <EditDialog onSaved={page.again} onClose={() => setAdding(false)} />}
    </div>
  )
}
