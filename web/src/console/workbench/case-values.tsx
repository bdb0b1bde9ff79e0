import { useState, type ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { useSaid } from '../../platform/words.ts'
import { firstValue, isFacts, numberOr, readJson } from './case-facts.ts'
import type { Fact } from './dictionary.ts'
import { put } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** What a field needs to know of a fact, or of a part of a list. */
type Form = Pick<Fact, 'label' | 'type' | 'unit' | 'options' | 'none' | 'fields'>

interface Edited {
  readonly form: Form
  readonly value: unknown
  readonly on: string
  readonly error?: string | undefined
  readonly onChange: (value: unknown) => void
}

const none = '-'

/** One fact by the dictionary: yes or no, a closed list, a number with its unit, a day, several of a list, or lines of a list. */
export function ValueField({ form, value, on, error, onChange }: Edited) {
  const say = useWorkbenchWords().cases
  const said = useSaid()
  const label = said(form.label)
  const numeric = form.type === 'money' || form.type === 'integer' || form.type === 'number'
  if (form.type === 'boolean' || (form.options.length > 0 && form.type !== 'set')) {
    const options =
      form.type === 'boolean'
        ? [true, false].map(one => ({ value: one, label: one ? say.yes : say.no }))
        : form.options.map(option => ({ value: option.value, label: said(option.label) }))
    const all = form.none ? [...options, { value: null, label: said(form.none) }] : options
    const at = all.findIndex(option => option.value === value)
    return (
      <SelectField
        label={label}
        error={error}
        value={at < 0 ? '' : String(at)}
        {...(at < 0 && { blank: shownRaw(value) })}
        options={all.map((option, i) => ({ value: String(i), label: option.label }))}
        onChange={chosen => onChange(all[Number(chosen)]?.value)}
      />
    )
  }
  if (form.type === 'set') return <SetField label={label} error={error} form={form} value={value} onChange={onChange} />
  if (form.type === 'list') return <ListField label={label} form={form} value={value} on={on} onChange={onChange} />
  const known = form.none && (
    <label className="built-not">
      <input
        type="checkbox"
        checked={value === null}
        onChange={event => onChange(event.currentTarget.checked ? null : firstValue(form.type, [], on))}
      />
      {said(form.none)}
    </label>
  )
  if (value === null && known)
    return (
      <div className="field">
        <span className="field-label">{label}</span>
        {known}
      </div>
    )
  return (
    <div>
      {form.type === 'date' ? (
        <DayField above label={label} value={typeof value === 'string' ? value : ''} onChange={onChange} />
      ) : numeric ? (
        <FigureField
          label={label}
          error={error}
          unit={form.unit && said(form.unit)}
          value={value}
          onChange={onChange}
        />
      ) : (
        <TextField
          label={label}
          error={error}
          maxLength={200}
          value={typeof value === 'string' ? value : shownRaw(value)}
          onChange={onChange}
        />
      )}
      {known}
    </div>
  )
}

const shownRaw = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? none))

/** `12.` on the way to `12.5` stays as it is typed. */
function FigureField({
  label,
  unit,
  value,
  error,
  onChange,
}: {
  readonly label: string
  readonly unit: string | null | undefined
  readonly value: unknown
  readonly error: string | undefined
  readonly onChange: (value: unknown) => void
}) {
  const [typed, setTyped] = useState<string>()
  const shown = typed !== undefined && numberOr(typed) === value ? typed : shownRaw(value)
  return (
    <TextField
      label={label}
      error={error}
      inputMode="decimal"
      maxLength={20}
      value={shown}
      {...(unit && { unit })}
      onChange={text => {
        setTyped(text)
        onChange(numberOr(text))
      }}
    />
  )
}

function SetField({
  label,
  form,
  value,
  error,
  onChange,
}: {
  readonly label: string
  readonly form: Form
  readonly value: unknown
  readonly error: string | undefined
  readonly onChange: (value: unknown) => void
}) {
  const said = useSaid()
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  return (
    <fieldset className="case-set">
      <legend className="field-label">{label}</legend>
      {error && <p className="field-error">{error}</p>}
      {form.options.map(option => (
        <label key={String(option.value)}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={event =>
              onChange(
                event.currentTarget.checked ? [...chosen, option.value] : chosen.filter(one => one !== option.value),
              )
            }
          />
          {said(option.label)}
        </label>
      ))}
    </fieldset>
  )
}

/** The lines of a list, each with its parts. */
function ListField({
  label,
  form,
  value,
  on,
  onChange,
}: {
  readonly label: string
  readonly form: Form
  readonly value: unknown
  readonly on: string
  readonly onChange: (value: unknown) => void
}) {
  const say = useWorkbenchWords().cases
  if (!form.fields || !Array.isArray(value)) return <RawField label={label} value={value} onChange={onChange} />
  const fields = form.fields
  const items: readonly unknown[] = value
  const begun = () => Object.fromEntries(fields.map(f => [f.name, firstValue(f.type, f.options, on)]))
  return (
    <fieldset className="case-list">
      <legend className="field-label">{label}</legend>
      {items.length === 0 && <p className="second small">{say.emptyList}</p>}
      {items.map((item, i) => (
        // Lines of a list have no name of their own.
        <div key={`item-${String(i)}`} className="case-facts">
          {fields.map(field => {
            const own = isFacts(item) ? item[field.name] : undefined
            return (
              <ValueField
                key={field.name}
                form={{ ...field, fields: null }}
                value={own === undefined ? null : own}
                on={on}
                onChange={next => onChange(put(items, i, { ...(isFacts(item) ? item : {}), [field.name]: next }))}
              />
            )
          })}
          <Button kind="text" icon="close" onClick={() => onChange(put(items, i, undefined))}>
            {say.removeItem}
          </Button>
        </div>
      ))}
      <Button kind="text" icon="plus" onClick={() => onChange([...items, begun()])}>
        {say.addItem}
      </Button>
    </fieldset>
  )
}

/** What the dictionary has no form for, as it is written. */
export function RawField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: ReactNode
  readonly value: unknown
  readonly error?: string | undefined
  readonly onChange: (value: unknown) => void
}) {
  const say = useWorkbenchWords().cases
  const [text, setText] = useState(() => JSON.stringify(value))
  const read = readJson(text)
  const shown = 'value' in read && JSON.stringify(read.value) !== JSON.stringify(value) ? JSON.stringify(value) : text
  return (
    <TextField
      label={label}
      error={'fault' in read ? say.badJson(read.fault.line, read.fault.column) : error}
      value={shown}
      onChange={next => {
        setText(next)
        const again = readJson(next)
        if ('value' in again) onChange(again.value)
      }}
    />
  )
}
