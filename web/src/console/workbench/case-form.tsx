import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { TextField } from '../../parts/field.tsx'
import { useSaid } from '../../platform/words.ts'
import { Expectations } from './case-expect.tsx'
import { factLines, type Facts, firstValue, freeKey, isFacts, withFact } from './case-facts.ts'
import { RawField, ValueField } from './case-values.tsx'
import type { CaseFault } from './case-dialog.tsx'
import type { Dictionary } from './dictionary.ts'
import { put, type WorkedCase } from './document.ts'
import { useWorkbenchWords } from './words.ts'

interface Edited {
  readonly example: WorkedCase
  readonly owner: string
  readonly dictionary: Dictionary
  readonly faults: readonly CaseFault[]
  readonly onChange: (next: WorkedCase) => void
}

/** A worked household in plain words: what it shows, its facts, its members, and what must come out. */
export function CaseForm({ example, owner, dictionary, faults, onChange }: Edited) {
  const say = useWorkbenchWords().cases
  const household: Facts = isFacts(example.household) ? example.household : {}
  const persons = (Array.isArray(example.persons) ? (example.persons as readonly unknown[]) : []).map(p =>
    isFacts(p) ? p : {},
  )
  const keys = persons.map(p => (typeof p['key'] === 'string' ? p['key'] : ''))
  const at = (place: string) => faults.filter(f => f.place === place)
  return (
    <div className="case-form">
      <TextField
        label={say.name}
        hint={say.nameHint}
        maxLength={200}
        value={example.name}
        onChange={name => onChange({ ...example, name })}
      />
      <DayField above label={say.on} value={example.on} onChange={on => onChange({ ...example, on })} />
      <FactFields
        title={say.household}
        owner="household"
        facts={household}
        faults={at('household')}
        {...{ dictionary, on: example.on }}
        onChange={next => onChange({ ...example, household: next })}
      />
      {persons.map((person, i) => (
        // The mark may be what is edited: the place in the list stays.
        <FactFields
          key={`person-${String(i)}`}
          title={say.person(i + 1, keys[i] ?? '')}
          owner="person"
          facts={person}
          faults={faults.filter(f => f.place === 'person' && f.person === keys[i])}
          {...{ dictionary, on: example.on }}
          onChange={next => onChange({ ...example, persons: put(persons, i, next) })}
          {...(persons.length > 1 && {
            onRemove: () => onChange({ ...example, persons: put(persons, i, undefined) }),
          })}
        />
      ))}
      <Button
        kind="text"
        icon="plus"
        onClick={() => onChange({ ...example, persons: [...persons, { key: freeKey(keys), alive: true }] })}
      >
        {say.addPerson}
      </Button>
      <Expectations
        expect={isFacts(example.expect) ? example.expect : {}}
        {...{ owner, keys, dictionary }}
        onChange={expect => onChange({ ...example, expect })}
      />
    </div>
  )
}

function FactFields({
  title,
  owner,
  facts,
  dictionary,
  on,
  faults,
  onChange,
  onRemove,
}: {
  readonly title: string
  readonly owner: 'household' | 'person'
  readonly facts: Facts
  readonly dictionary: Dictionary
  readonly on: string
  readonly faults: readonly CaseFault[]
  readonly onChange: (next: Facts) => void
  readonly onRemove?: () => void
}) {
  const say = useWorkbenchWords().cases
  const said = useSaid()
  const lines = factLines(facts, owner, dictionary.facts)
  const errorOf = (path: string) => {
    const found = faults.find(f => f.fact === `${owner}.${path}`)
    return found && said(found.words)
  }
  return (
    <fieldset className="case-part">
      <legend>{title}</legend>
      {lines.length === 0 && <p className="second small">{say.noFacts}</p>}
      <div className="case-facts">
        {lines.map(({ path, value, fact }) => {
          const label = fact ? said(fact.label) : path
          const change = (next: unknown) => onChange(withFact(facts, path, next))
          return (
            <div key={path} className="case-fact">
              {fact ? (
                <ValueField form={fact} value={value} on={on} error={errorOf(path)} onChange={change} />
              ) : (
                <RawField label={label} value={value} error={errorOf(path)} onChange={change} />
              )}
              <Button kind="text" icon="close" name={say.removeFact(label)} onClick={() => change(undefined)}>
                {say.removeShort}
              </Button>
            </div>
          )
        })}
      </div>
      <div className="row">
        <AddFact
          {...{ owner, dictionary }}
          taken={new Set(lines.map(line => line.path))}
          onAdd={(path, value) => onChange(withFact(facts, path, value))}
          on={on}
        />
        {onRemove && (
          <Button kind="text" icon="close" onClick={onRemove}>
            {say.removePerson}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

/** Any fact of the dictionary that is not there yet, found by its words. What is calculated cannot be given. */
function AddFact({
  owner,
  dictionary,
  taken,
  on,
  onAdd,
}: {
  readonly owner: 'household' | 'person'
  readonly dictionary: Dictionary
  readonly taken: ReadonlySet<string>
  readonly on: string
  readonly onAdd: (path: string, value: unknown) => void
}) {
  const say = useWorkbenchWords().cases
  const said = useSaid()
  const [chosen, setChosen] = useState('')
  const open = [...dictionary.facts.values()].filter(
    fact => !fact.derived && fact.name.startsWith(`${owner}.`) && !taken.has(fact.name.slice(owner.length + 1)),
  )
  return (
    <label className="case-add">
      <span className="second small">{say.addFact}</span>
      <select
        value={chosen}
        onChange={event => {
          const fact = dictionary.facts.get(event.currentTarget.value)
          setChosen('')
          if (fact) onAdd(fact.name.slice(owner.length + 1), firstValue(fact.type, fact.options, on))
        }}
      >
        <option value="">{say.choose}</option>
        {open.map(fact => (
          <option key={fact.name} value={fact.name}>
            {said(fact.label)}
          </option>
        ))}
      </select>
    </label>
  )
}
