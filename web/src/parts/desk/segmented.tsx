import './segmented.css'

/** Two to six exclusive choices in one frame; arrows go between them as between radio buttons. */
export function Segmented<V extends string>({
  name,
  label,
  options,
  value,
  onChange,
}: {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly value: V
  readonly onChange: (value: V) => void
}) {
  return (
    <fieldset className="segmented">
      <legend className="unseen">{label}</legend>
      {options.map(option => (
        <label key={option.value} className={option.value === value ? 'chosen' : ''}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
