import './day-field.css'

/** A day by the browser's own calendar, with its name in front. */
export const DayField = ({
  label,
  value,
  onChange,
  min,
  max,
  id,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
  readonly min?: string | undefined
  readonly max?: string
  readonly id?: string
}) => (
  <label className="day-field">
    {label}
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
