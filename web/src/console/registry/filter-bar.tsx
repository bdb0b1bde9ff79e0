import { SelectField } from '../../parts/field.tsx'
import { useDivisions } from '../shell/place-name.ts'
import { usePlaces } from '../shell/places.ts'
import { classes, sorts, tiers, traits, type ListFilters } from './list-filters.ts'
import { useRegistryWords } from './words/index.ts'

/** The filters in force, in words, for the page that found nothing. */
export function useFilterWords(filters: ListFilters): readonly string[] {
  const words = useRegistryWords()
  const all = useDivisions()
  return [
    filters.division && (all?.divisions.find(one => one.code === filters.division)?.name ?? filters.division),
    filters.circle && words.circles[filters.circle],
    filters.tier && `${words.tier} ${words.tiers[filters.tier]}`,
    filters.class && words.classes[filters.class],
    filters.has && `${words.has} ${words.traits[filters.has]}`,
  ].filter((part): part is string => part !== undefined && part !== '')
}

/** Township, then village; standing, kind of help, what the household has, order. */
export function FilterBar({
  filters,
  set,
  scope,
}: {
  readonly filters: ListFilters
  readonly set: (changed: Record<string, string | undefined>) => void
  readonly scope: string | undefined
}) {
  const words = useRegistryWords()
  const places = usePlaces(scope, filters.division)
  return (
    <div className="registry-filters">
      {places.length > 1 && (
        <SelectField
          label={words.place}
          blank={words.any}
          value={filters.division ?? ''}
          onChange={division => set({ division })}
          options={places}
        />
      )}
      <SelectField
        label={words.tier}
        blank={words.any}
        value={filters.tier ?? ''}
        onChange={tier => set({ tier })}
        options={tiers.map(value => ({ value, label: words.tiers[value] }))}
      />
      <SelectField
        label={words.class}
        blank={words.any}
        value={filters.class ?? ''}
        onChange={value => set({ class: value })}
        options={classes.map(value => ({ value, label: words.classes[value] }))}
      />
      <SelectField
        label={words.has}
        blank={words.any}
        value={filters.has ?? ''}
        onChange={has => set({ has })}
        options={traits.map(value => ({ value, label: words.traits[value] }))}
      />
      <SelectField
        label={words.sort}
        value={filters.sort}
        onChange={sort => set({ sort })}
        options={sorts.map(value => ({ value, label: words.sorts[value] }))}
      />
    </div>
  )
}
