import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { useSettled } from '../settled.ts'
import { usePoolWords } from './words.ts'
import './pools.css'

/** 政策池: every policy of the district, by unit, beneficiary, level, and as it stood on a day. */
export function PoliciesScreen() {
  const words = usePoolWords()
  const say = words.policies
  const said = useSaid()
  const [filters, set] = useFilters()
  const language = useLanguage()
  const [typed, setTyped] = useState(filters['search'] ?? '')
  const search = useSettled(typed.trim())
  const put = useEffectEvent((wanted: string) => {
    if (wanted !== (filters['search'] ?? '')) set({ search: wanted })
  })
  useEffect(() => put(search), [search])
  const query = {
    ...(filters['on'] ? { on: filters['on'] } : {}),
    ...(filters['unit'] ? { unit: filters['unit'] } : {}),
    ...(filters['search'] ? { search: filters['search'] } : {}),
    ...(filters['scope'] ? { scope: filters['scope'] as 'household' | 'person' } : {}),
    ...(filters['kind'] ? { kind: filters['kind'] as 'basic' | 'joint' } : {}),
    ...(filters['level'] ? { level: filters['level'] as 'township' } : {}),
    ...(filters['inForce'] ? { inForce: 'true' as const } : {}),
  }
  const list = useLoad(JSON.stringify(query), signal => api('GET /policies', { query, signal }))
  const units = useLoad('units', signal => api('GET /units', { signal }))
  const option = (value: string, label: string) => ({ value, label })
  return (
    <div className="desk-pile">
      <header className="desk-head">
        <div>
          <h1 className="inscription">{say.title}</h1>
          <p className="second">
            {list.value && say.sentence(list.value.items.length, units.value?.items.length ?? 19)}
          </p>
        </div>
        <Link to="/policies/figures" className="button">
          {words.parameters.link}
        </Link>
      </header>
      <form
        className="filters"
        role="search"
        onSubmit={event => {
          event.preventDefault()
          set({ search: typed.trim() || undefined })
        }}
      >
        <TextField label={say.search} kind="search" maxLength={40} value={typed} onChange={setTyped} />
        <SelectField
          label={say.unit}
          value={filters['unit'] ?? ''}
          blank={say.all}
          options={(units.value?.items ?? []).map(unit => option(unit.slug, said(unit.name)))}
          onChange={unit => set({ unit })}
        />
        <SelectField
          label={say.scope}
          value={filters['scope'] ?? ''}
          blank={say.all}
          options={[option('household', words.scopes.household), option('person', words.scopes.person)]}
          onChange={scope => set({ scope })}
        />
        <SelectField
          label={say.kind}
          value={filters['kind'] ?? ''}
          blank={say.all}
          options={[option('basic', words.kinds.basic), option('joint', words.kinds.joint)]}
          onChange={kind => set({ kind })}
        />
        <SelectField
          label={say.level}
          value={filters['level'] ?? ''}
          blank={say.all}
          options={Object.entries(words.levels).map(([value, label]) => option(value, label))}
          onChange={level => set({ level })}
        />
        <label className="filter-day">
          <span>{say.on}</span>
          <input
            type="date"
            min="2019-01-01"
            max="2199-12-31"
            value={filters['on'] ?? list.value?.on ?? ''}
            onChange={event => set({ on: event.currentTarget.value || undefined })}
          />
        </label>
        <label className="filter-check">
          <input
            type="checkbox"
            checked={filters['inForce'] === 'true'}
            onChange={event => set({ inForce: event.currentTarget.checked ? 'true' : undefined })}
          />
          {say.inForce}
        </label>
      </form>
      {list.problem && <Failed problem={list.problem} again={list.again} at={list.at} />}
      {!list.value && !list.problem && <Skeleton shape={['line', 'card', 'card']} />}
      {list.value && list.value.items.length === 0 && (
        <Empty
          title={say.empty}
          act={
            <Button
              onClick={() => {
                setTyped('')
                set({
                  search: undefined,
                  unit: undefined,
                  scope: undefined,
                  kind: undefined,
                  level: undefined,
                  inForce: undefined,
                  on: undefined,
                })
              }}
            >
              {say.clear}
            </Button>
          }
        />
      )}
      {list.value && list.value.items.length > 0 && (
        <Card>
          <Table
            caption={say.title}
            busy={list.busy}
            rows={list.value.items}
            rowKey={policy => policy.id}
            columns={[
              { key: 'id', head: say.columns.id, cell: policy => <span className="whole">{policy.id}</span> },
              {
                key: 'name',
                head: say.columns.name,
                main: true,
                cell: policy => (
                  <>
                    <Link
                      to="/policies/$policyId"
                      params={{ policyId: policy.id } as never}
                      search={(filters['on'] ? { on: filters['on'] } : {}) as never}
                      data-row
                    >
                      {said(policy.name)}
                    </Link>
                    <span className="under">{said(policy.summary)}</span>
                  </>
                ),
              },
              { key: 'unit', head: say.columns.unit, cell: policy => said(policy.unit.name) },
              {
                key: 'scope',
                head: say.columns.scope,
                cell: policy => <span className="whole">{words.scopes[policy.scope]}</span>,
              },
              {
                key: 'level',
                head: say.columns.level,
                cell: policy => <span className="whole">{words.levels[policy.level]}</span>,
              },
              {
                key: 'benefit',
                head: say.columns.benefit,
                cell: policy => (
                  <span className="whole">
                    {policy.benefit && words.benefits[policy.benefit]} {policy.example && <Example />}
                  </span>
                ),
              },
              {
                key: 'from',
                head: say.columns.from,
                cell: policy =>
                  policy.inForceFrom ? (
                    <span className="whole">{formatDay(policy.inForceFrom, language)}</span>
                  ) : (
                    <Tag tone="ochre" icon="minus">
                      {say.notInForce}
                    </Tag>
                  ),
              },
            ]}
          />
        </Card>
      )}
    </div>
  )
}
