import { SelectField } from '../../parts/field.tsx'
import { useSaid } from '../../platform/words.ts'
import { type Level, levels } from '../alerts/level.tsx'
import { type Facts, isFacts, withFact } from './case-facts.ts'
import type { Dictionary } from './dictionary.ts'
import { useWorkbenchWords } from './words.ts'

/** Of each rule of alerts the level that must come out, of the household or of each person; or that none is raised. */
export function AlertsResult({
  value,
  keys,
  dictionary,
  onChange,
}: {
  readonly value: Facts
  readonly keys: readonly string[]
  readonly dictionary: Dictionary
  readonly onChange: (next: Facts) => void
}) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const rules = new Map(dictionary.alerts.map(rule => [rule.id, rule]))
  const open = dictionary.alerts.filter(rule => !(rule.id in value))
  return (
    <>
      {Object.entries(value).map(([id, expected]) => {
        const rule = rules.get(id)
        const name = rule ? `${id} ${said(rule.name)}` : id
        const set = (next: unknown) => onChange({ ...value, [id]: next })
        if (rule?.scope !== 'person')
          return <LevelField key={id} label={name} value={expected} onChange={level => set(level ?? null)} />
        const own = isFacts(expected) ? expected : {}
        return (
          <fieldset key={id} className="case-person">
            <legend>{name}</legend>
            <div className="case-facts">
              {[...new Set([...keys, ...Object.keys(own)])].map(key => (
                <LevelField
                  key={key}
                  label={say.cases.personShort(key)}
                  value={own[key]}
                  onChange={level => {
                    const next = withFact(own, key, level)
                    set(Object.keys(next).length === 0 ? null : next)
                  }}
                />
              ))}
            </div>
          </fieldset>
        )
      })}
      <label className="case-add">
        <span className="second small">{say.alert.addRule}</span>
        <select value="" onChange={event => onChange({ ...value, [event.currentTarget.value]: null })}>
          <option value="">{say.cases.choose}</option>
          {open.map(rule => (
            <option key={rule.id} value={rule.id}>
              {rule.id} {said(rule.name)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

function LevelField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: unknown
  readonly onChange: (level: Level | undefined) => void
}) {
  const say = useWorkbenchWords().alert
  return (
    <SelectField
      label={label}
      value={levels.find(level => level === value) ?? ''}
      blank={say.none}
      options={levels.map(level => ({ value: level, label: say.colours[level] }))}
      onChange={next => onChange(next === '' ? undefined : (next as Level))}
    />
  )
}
