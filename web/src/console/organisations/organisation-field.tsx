import { type ComponentProps, useState } from 'react'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useOrganisationWords } from './words.ts'

export interface OrganisationChosen {
  readonly id: string
  readonly name: string
}

/** One of the organisations on the list. Where they are more than a field holds, a part of the name finds the others. */
export function OrganisationField({
  show = 'all',
  value,
  onChange,
  ...field
}: Omit<ComponentProps<typeof SelectField>, 'value' | 'onChange' | 'options'> & {
  /** Those under contract, or all. */
  readonly show?: 'all' | 'working'
  readonly value: string
  readonly onChange: (id: string, chosen: OrganisationChosen | undefined) => void
}) {
  const say = useOrganisationWords()
  const [search, setSearch] = useState('')
  const [chosen, choose] = useState<OrganisationChosen>()
  const part = search.trim()
  const listed = useLoad(`organisations to choose ${show} ${part}`, signal =>
    api('GET /organisations', { query: { limit: 100, show, ...(part && { search: part }) }, signal }),
  )
  const items: readonly OrganisationChosen[] = listed.value?.items ?? []
  const isLong = search !== '' || (listed.value?.next ?? null) !== null
  const kept = chosen && chosen.id === value && !items.some(one => one.id === value) ? [chosen] : []
  return (
    <>
      {isLong && (
        <TextField
          kind="search"
          label={say.findByName}
          hint={part && listed.value ? say.foundSo(items.length, listed.value.next !== null) : say.moreThanListed}
          maxLength={40}
          value={search}
          onChange={setSearch}
        />
      )}
      {listed.problem && <Failed problem={listed.problem} again={listed.again} />}
      <SelectField
        {...field}
        value={value}
        options={[...kept, ...items].map(one => ({ value: one.id, label: one.name }))}
        onChange={id => {
          const one = items.find(other => other.id === id)
          choose(one)
          onChange(id, one)
        }}
      />
    </>
  )
}
