import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { useSaid } from '../../platform/words.ts'
import { type Facts, isFacts, numberOr, withFact } from './case-facts.ts'
import { RawField } from './case-values.tsx'
import { AlertsResult } from './case-alerts.tsx'
import { begunOf, isSortingResult, SortingResult, sortingResults } from './case-sorting.tsx'
import type { Dictionary } from './dictionary.ts'
import { useWorkbenchWords } from './words.ts'

interface Edited {
  readonly expect: Facts
  readonly owner: string
  readonly keys: readonly string[]
  readonly dictionary: Dictionary
  readonly onChange: (next: Facts) => void
}

const verdicts = ['eligible', 'ineligible', 'undetermined'] as const
const periods = ['month', 'year', 'once'] as const
/** What an expectation may say besides. */
const others = ['alerts', 'points'] as const
/** What has a field of its own; the rest of an expectation stays as it is written. */
const own = new Set(['verdict', 'amount', 'period'])

/** What must come out: of a policy or service the verdict and the amount, of each person where it is for persons. */
export function Expectations({ expect, owner, keys, dictionary, onChange }: Edited) {
  const say = useWorkbenchWords().cases
  const said = useSaid()
  const rules = new Map([...dictionary.policies, ...dictionary.services].map(rule => [rule.id, rule]))
  const open = [...rules.values()].filter(rule => !(rule.id in expect))
  const mine = open.find(rule => rule.id === owner)
  const sorts = sortingResults.filter(id => !(id in expect))
  const raises = dictionary.alerts.find(rule => rule.id === owner)
  const add = (id: string) => {
    if (id === 'alerts') return onChange({ ...expect, alerts: raises ? { [raises.id]: null } : {} })
    if (id === 'points') return onChange({ ...expect, points: { sum: 0 } })
    if (isSortingResult(id)) return onChange({ ...expect, [id]: begunOf(id, keys) })
    const begun = { verdict: 'eligible' }
    const of = rules.get(id)?.scope
    onChange({ ...expect, [id]: of === 'household' ? begun : { [keys[0] ?? 'a']: begun } })
  }
  return (
    <fieldset className="case-part">
      <legend>{say.expect}</legend>
      <p className="second small">{Object.keys(expect).length === 0 ? say.noExpect : say.outcomeHint}</p>
      {Object.entries(expect).map(([id, value]) => {
        const rule = rules.get(id)
        const name = rule ? `${id} ${said(rule.name)}` : (say.others[id as keyof typeof say.others] ?? id)
        const set = (next: unknown) => onChange(withFact(expect, id, next))
        return (
          <div key={id} className="case-outcome">
            <p>
              <strong>{name}</strong>{' '}
              <Button kind="text" icon="close" name={say.removeFact(name)} onClick={() => set(undefined)}>
                {say.removeShort}
              </Button>
            </p>
            {id === 'alerts' && isFacts(value) ? (
              <AlertsResult value={value} keys={keys} dictionary={dictionary} onChange={set} />
            ) : isSortingResult(id) ? (
              <SortingResult id={id} value={value} keys={keys} onChange={set} />
            ) : !rule || !isFacts(value) ? (
              <RawField label={say.asText} value={value} onChange={set} />
            ) : rule.scope === 'household' ? (
              <OutcomeFields value={value} onChange={set} />
            ) : (
              [...new Set([...keys, ...Object.keys(value)])].map(key => (
                <fieldset key={key} className="case-person">
                  <legend>{say.personShort(key)}</legend>
                  <OutcomeFields
                    value={isFacts(value[key]) ? value[key] : {}}
                    onChange={next => set(withFact(value, key, Object.keys(next).length === 0 ? undefined : next))}
                  />
                </fieldset>
              ))
            )}
          </div>
        )
      })}
      <div className="row">
        {sorts
          .filter(id => id === owner)
          .map(id => (
            <Button key={id} kind="text" icon="plus" onClick={() => add(id)}>
              {say.addOwn(say.others[id])}
            </Button>
          ))}
        {raises && !('alerts' in expect) && (
          <Button kind="text" icon="plus" onClick={() => add('alerts')}>
            {say.addOwn(said(raises.name))}
          </Button>
        )}
        {mine && (
          <Button kind="text" icon="plus" onClick={() => add(mine.id)}>
            {say.addOwn(said(mine.name))}
          </Button>
        )}
        <label className="case-add">
          <span className="second small">{say.addExpect}</span>
          <select value="" onChange={event => event.currentTarget.value && add(event.currentTarget.value)}>
            <option value="">{say.choose}</option>
            {[...sorts, ...others.filter(id => !(id in expect))].map(id => (
              <option key={id} value={id}>
                {say.others[id]}
              </option>
            ))}
            {open.map(rule => (
              <option key={rule.id} value={rule.id}>
                {rule.id} {said(rule.name)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </fieldset>
  )
}

function OutcomeFields({ value, onChange }: { readonly value: Facts; readonly onChange: (next: Facts) => void }) {
  const say = useWorkbenchWords().cases
  const rest = Object.entries(value).filter(([field]) => !own.has(field))
  const text = (field: 'verdict' | 'period') => (typeof value[field] === 'string' ? value[field] : '')
  const set = (field: string, next: unknown) => onChange(withFact(value, field, next))
  const amount = value['amount']
  // `12.` on the way to `12.5` stays as it is typed.
  const [typed, setTyped] = useState('')
  return (
    <div className="case-facts">
      <SelectField
        label={say.verdict}
        blank={say.any}
        value={text('verdict')}
        options={verdicts.map(one => ({ value: one, label: say.verdicts[one] }))}
        onChange={next => set('verdict', next || undefined)}
      />
      <TextField
        label={say.amount}
        inputMode="decimal"
        maxLength={14}
        unit={say.yuan}
        value={amountShown(amount, typed, say.noAmount)}
        onChange={next => {
          setTyped(next)
          set('amount', next === '' ? undefined : next === say.noAmount ? null : numberOr(next))
        }}
      />
      <SelectField
        label={say.period}
        blank={say.any}
        value={text('period')}
        options={periods.map(one => ({ value: one, label: say.periods[one] }))}
        onChange={next => set('period', next || undefined)}
      />
      {rest.map(([field, inner]) => (
        <RawField
          key={field}
          label={say.fields[field as keyof typeof say.fields] ?? field}
          value={inner}
          onChange={next => set(field, next)}
        />
      ))}
    </div>
  )
}

function amountShown(amount: unknown, typed: string, noAmount: string): string {
  if (amount === undefined) return ''
  if (amount === null) return noAmount
  return typed !== '' && numberOr(typed) === amount ? typed : String(amount as string | number)
}
