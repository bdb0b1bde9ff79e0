import { SelectField } from '../../parts/field.tsx'
import { isFacts, withFact } from './case-facts.ts'
import { type Plan, plans } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** What an expectation says of how people and households are sorted. */
export const sortingResults = ['circle', 'householdCircle', 'class'] as const
type SortingResultId = (typeof sortingResults)[number]

export const isSortingResult = (id: string): id is SortingResultId => (sortingResults as readonly string[]).includes(id)

/** What stands there before anybody chose. */
export const begunOf = (id: SortingResultId, keys: readonly string[]): unknown =>
  id === 'class' ? [] : id === 'circle' ? { [keys[0] ?? 'a']: null } : null

/** The circle of each person or of the household, or the classes of the household with the primary one first. */
export function SortingResult({
  id,
  value,
  keys,
  onChange,
}: {
  readonly id: SortingResultId
  readonly value: unknown
  readonly keys: readonly string[]
  readonly onChange: (next: unknown) => void
}) {
  const say = useWorkbenchWords().cases
  if (id === 'class')
    return <Classes value={Array.isArray(value) ? (value as readonly Plan[]) : []} onChange={onChange} />
  if (id === 'householdCircle') return <Circle label={say.others.householdCircle} value={value} onChange={onChange} />
  const own = isFacts(value) ? value : {}
  return (
    <div className="case-facts">
      {[...new Set([...keys, ...Object.keys(own)])].map(key => (
        <Circle
          key={key}
          label={say.personShort(key)}
          value={own[key]}
          open
          onChange={next => onChange(withFact(own, key, next))}
        />
      ))}
    </div>
  )
}

/** `undetermined` is how a case writes a circle that cannot be told. */
const written = { '1': 1, '2': 2, '3': 3, none: null, open: 'undetermined' } as const
const places = ['1', '2', '3', 'none', 'open'] as const

function Circle({
  label,
  value,
  open,
  onChange,
}: {
  readonly label: string
  readonly value: unknown
  /** It may be left out: then nobody looks at it. */
  readonly open?: boolean
  readonly onChange: (next: unknown) => void
}) {
  const say = useWorkbenchWords()
  const chosen = places.find(place => written[place] === value)
  return (
    <SelectField
      label={label}
      value={chosen ?? ''}
      {...((open || chosen === undefined) && { blank: say.cases.any })}
      options={places.map(place => ({ value: place, label: say.sorting.circles[place] }))}
      onChange={next => onChange(next === '' ? undefined : written[next as (typeof places)[number]])}
    />
  )
}

function Classes({
  value,
  onChange,
}: {
  readonly value: readonly Plan[]
  readonly onChange: (next: readonly Plan[]) => void
}) {
  const say = useWorkbenchWords()
  const [first, ...beside] = value
  return (
    <>
      <SelectField
        label={say.cases.plan}
        value={first ?? 'none'}
        options={(['none', ...plans] as const).map(plan => ({ value: plan, label: say.sorting.classes[plan] }))}
        onChange={next => onChange(next === 'none' ? [] : [next as Plan, ...beside.filter(one => one !== next)])}
      />
      {first !== undefined && (
        <fieldset className="case-set">
          <legend className="second small">{say.cases.beside}</legend>
          {plans
            .filter(plan => plan !== first)
            .map(plan => (
              <label key={plan}>
                <input
                  type="checkbox"
                  checked={beside.includes(plan)}
                  onChange={event =>
                    // In the order of the rule, as a judgement gives them.
                    onChange([
                      first,
                      ...plans.filter(one => (one === plan ? event.currentTarget.checked : beside.includes(one))),
                    ])
                  }
                />
                {say.sorting.classes[plan]}
              </label>
            ))}
        </fieldset>
      )}
    </>
  )
}
