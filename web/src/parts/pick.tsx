import { Icon } from './icon.tsx'
import './pick.css'

/** Two to four short answers side by side. */
export function Pick({
  name,
  legend,
  options,
  chosen,
  onChoose,
}: {
  readonly name: string
  readonly legend: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: string | undefined
  readonly onChoose: (value: string) => void
}) {
  return (
    <fieldset className="pick">
      <legend>{legend}</legend>
      <div className={`pick-cells of-${options.length}`}>
        {options.map(option => (
          <label key={option.value} className={option.value === chosen ? 'chosen' : ''}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === chosen}
              onChange={() => onChoose(option.value)}
            />
            {option.value === chosen && <Icon name="check" className="strong" />}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
