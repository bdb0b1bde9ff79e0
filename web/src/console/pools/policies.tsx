import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { usePoolWords } from './words.ts'
import './pools.css'

/** 政策池: every policy of the district, by unit, beneficiary, level, and as it stood on a day. */
export function PoliciesScreen() {
  const words = usePoolWords()
  const say = words.policies
  const said = useSaid()
  const [filters, set] = useFilters()
  const [typed, setTyped] = useState(filters['search'] ?? '')
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
    <div className="stack-wide">
      <header>
        <h1 className="inscription">{say.title}</h1>
        <p className="second">{list.value && say.sentence(list.value.items.length, units.value?.items.length ?? 19)}</p>
      </header>
      <form
        className="filters"
        role="search"
        onSubmit={event => {
          event.preventDefault()
          set({ search: typed.trim() || undefined })
        }}
      >
        <TextField
          label={say.search}
          kind="search"
          maxLength={40}
          value={typed}
          onChange={value => {
            setTyped(value)
            set({ search: value.trim() || undefined })
          }}
        />
        <SelectField
          label={say.unit}
          value={filters['unit'] ?? ''}
          blank={say.all}
          options={[...(units.value?.items ?? []).map(unit => option(unit.slug, said(unit.name)))]}
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
          options={[...Object.entries(words.levels).map(([value, label]) => option(value, label))]}
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
        <div className="sheet">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say.columns.id}</th>
                <th scope="col">{say.columns.name}</th>
                <th scope="col">{say.columns.unit}</th>
                <th scope="col">{say.columns.scope}</th>
                <th scope="col">{say.columns.level}</th>
                <th scope="col">{say.columns.benefit}</th>
                <th scope="col">{say.columns.from}</th>
              </tr>
            </thead>
            <tbody>
              {list.value.items.map(policy => (
                <tr key={policy.id}>
                  <td>{policy.id}</td>
                  <th scope="row">
                    <Link
                      to="/policies/$policyId"
                      params={{ policyId: policy.id } as never}
                      search={(filters['on'] ? { on: filters['on'] } : {}) as never}
                    >
                      {said(policy.name)}
                    </Link>
                    <p className="second small">{said(policy.summary)}</p>
                  </th>
                  <td>{said(policy.unit.name)}</td>
                  <td>{words.scopes[policy.scope]}</td>
                  <td>{words.levels[policy.level]}</td>
                  <td>
                    {policy.benefit && words.benefits[policy.benefit]} {policy.example && <Example />}
                  </td>
                  <td>{policy.inForceFrom ?? <Tag tone="ochre">{say.notInForce}</Tag>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
