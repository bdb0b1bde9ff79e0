import type { ReactNode } from 'react'
import './choice.css'

export interface Option {
  readonly value: string
  readonly label: string
  readonly help?: string | undefined
}

interface ChoicesProps {
  readonly name: string
  readonly options: readonly Option[]
  readonly chosen: readonly string[]
  readonly onChoose: (chosen: readonly string[]) => void
  /** Several may be chosen. */
  readonly many?: boolean
  /** Clears the others when chosen, such as “none of these” and “not sure”. */
  readonly alone?: readonly string[]
  readonly describedBy?: string | undefined
}

/** Whole rows to press; ring or box at the left, word, a line of help. The legend is the question around it. */
export function Choices({ name, options, chosen, onChoose, many, alone = [], describedBy }: ChoicesProps) {
  const toggle = (value: string, on: boolean) => {
    if (!many || alone.includes(value)) return onChoose(on ? [value] : [])
    const others = chosen.filter(one => one !== value && !alone.includes(one))
    return onChoose(on ? [...others, value] : others)
  }
  return (
    <div className="choices">
      {options.map(option => {
        const on = chosen.includes(option.value)
        return (
          <label key={option.value} className={on ? 'choice chosen' : 'choice'}>
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              value={option.value}
              checked={on}
              aria-describedby={describedBy}
              onChange={event => toggle(option.value, event.currentTarget.checked)}
            />
            <span>
              <b>{option.label}</b>
              {option.help && <small>{option.help}</small>}
            </span>
          </label>
        )
      })}
    </div>
  )
}

/** The question and its answers as one group for readers. */
export function Question({
  title,
  hint,
  children,
  small,
}: {
  readonly title: ReactNode
  readonly hint?: ReactNode
  readonly children: ReactNode
  readonly small?: boolean
}) {
  return (
    <fieldset className={small ? 'question small-question' : 'question'}>
      <legend>{small ? <span className="question-title">{title}</span> : <h1 tabIndex={-1}>{title}</h1>}</legend>
      {hint && <p className="question-hint">{hint}</p>}
      {children}
    </fieldset>
  )
}
