import { usePartWords } from '../words.ts'
import './day-field.css'

/** A day by the browser's own calendar, with its name in front, or above it as other fields of a form have theirs. */
export function DayField({
  label,
  value,
  onChange,
  min,
  max,
  id,
  optional,
  above,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
  readonly min?: string | undefined
  readonly max?: string
  readonly id?: string
  readonly optional?: boolean
  readonly above?: boolean
}) {
  const words = usePartWords()
  return (
    <label className={above ? 'day-field above' : 'day-field'}>
      <span>
        {label} {optional && <span className="field-optional">{words.optional}</span>}
      </span>
      <input
        id={id}
        type="date"
        min={min}
        max={max}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      />
    </label>
  )
}
