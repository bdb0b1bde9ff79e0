import { useId, type ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { usePartWords } from './words.ts'
import './field.css'

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** A sentence that says what to change; the text that was written stays. */
  readonly error?: string | undefined
  readonly optional?: boolean
  /** The label is the page's question and is already there. */
  readonly labelUnseen?: boolean
  readonly id?: string
}

interface Given extends FieldProps {
  readonly children: (wiring: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }) => ReactNode
}

function Field({ label, hint, error, optional, id: given, labelUnseen, children }: Given) {
  const words = usePartWords()
  const made = useId()
  const id = given ?? made
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={id} className={labelUnseen ? 'unseen' : 'field-label'}>
        {label}
        {optional && <span className="field-optional">{words.optional}</span>}
      </label>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          {error}
        </p>
      )}
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
    </div>
  )
}

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly kind?: 'text' | 'tel' | 'password' | 'search'
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel'
  readonly unit?: string
  readonly lines?: number
}

export function TextField({
  value,
  onChange,
  kind = 'text',
  autoComplete,
  maxLength,
  inputMode,
  unit,
  lines,
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      {wiring =>
        lines ? (
          <textarea
            {...wiring}
            rows={lines}
            maxLength={maxLength}
            value={value}
            onChange={event => onChange(event.currentTarget.value)}
          />
        ) : (
          <span className="field-line">
            <input
              {...wiring}
              type={kind}
              value={value}
              onChange={event => onChange(event.currentTarget.value)}
              autoComplete={autoComplete ?? 'off'}
              maxLength={maxLength}
              inputMode={inputMode}
              enterKeyHint="next"
              spellCheck={false}
            />
            {unit && <span className="field-unit">{unit}</span>}
          </span>
        )
      }
    </Field>
  )
}

export interface NumberFieldProps extends FieldProps {
  /** As typed. numberIn reads it. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly unit?: string
}

/** No spinner, no wheel: a text field with the digits' keyboard. */
export const NumberField = ({ value, onChange, unit, ...field }: NumberFieldProps) => (
  <TextField
    {...field}
    value={value}
    onChange={onChange}
    inputMode="decimal"
    {...(unit === undefined ? {} : { unit })}
    maxLength={14}
  />
)

/** Yuan, with the unit in words. */
export function MoneyField(props: NumberFieldProps) {
  const words = usePartWords()
  return <NumberField unit={words.yuan} {...props} />
}

export interface SelectFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** What stands there before anything is chosen. */
  readonly blank?: string
}

export function SelectField({ value, onChange, options, blank, ...field }: SelectFieldProps) {
  const words = usePartWords()
  return (
    <Field {...field}>
      {wiring => (
        <span className="field-select">
          <select {...wiring} value={value} onChange={event => onChange(event.currentTarget.value)}>
            <option value="" disabled={blank === undefined}>
              {blank ?? words.choose}
            </option>
            {options.map(option => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="turn" />
        </span>
      )}
    </Field>
  )
}

/** A day in three lists, years counted back from the given one: nothing scrolls through seventy years of a calendar. */
export function DateField({
  label,
  hint,
  error,
  value,
  onChange,
  newest,
  oldest,
}: {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** `YYYY-MM-DD`, with empty parts while it is being chosen: `1950--`. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly newest: number
  readonly oldest: number
}) {
  const words = usePartWords()
  const id = useId()
  const [year = '', month = '', day = ''] = value.split('-')
  const years = Array.from({ length: newest - oldest + 1 }, (_, i) => String(newest - i))
  const days = new Date(Date.UTC(Number(year) || 2000, Number(month) || 1, 0)).getUTCDate()
  const join = (y: string, m: string, d: string) => onChange(`${y}-${m}-${d}`)
  const two = (n: number) => String(n).padStart(2, '0')
  const part = (name: string, now: string, all: readonly string[], set: (v: string) => void) => (
    <span className="field-select">
      <select
        aria-label={name}
        value={now}
        aria-describedby={error ? `${id}-error` : undefined}
        aria-invalid={error ? true : undefined}
        onChange={event => set(event.currentTarget.value)}
      >
        <option value="">{name}</option>
        {all.map(one => (
          <option key={one} value={one}>
            {Number(one)}
          </option>
        ))}
      </select>
      <Icon name="turn" />
    </span>
  )
  return (
    <fieldset className={error ? 'field wrong' : 'field'}>
      <legend className="field-label">{label}</legend>
      {hint && <p className="field-hint">{hint}</p>}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          {error}
        </p>
      )}
      <div className="field-date">
        {part(words.year, year, years, v => join(v, month, day))}
        {part(
          words.month,
          month,
          Array.from({ length: 12 }, (_, i) => two(i + 1)),
          v => join(year, v, day),
        )}
        {part(
          words.day,
          day,
          Array.from({ length: days }, (_, i) => two(i + 1)),
          v => join(year, month, v),
        )}
      </div>
    </fieldset>
  )
}
