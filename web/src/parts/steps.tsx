import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { usePartWords } from './words.ts'
import './steps.css'

export interface Step {
  readonly title: string
  readonly state: 'done' | 'now' | 'next'
  /** Who and when. */
  readonly note?: ReactNode
}

/** Where a thing stands, from top to bottom. */
export function Steps({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  const words = usePartWords()
  const said = { done: words.stepDone, now: words.stepNow, next: words.stepNext }
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, i) => (
        <li
          key={`${step.title}-${String(i)}`}
          className={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <span className="steps-mark" aria-hidden="true">
            {step.state === 'done' && <Icon name="check" className="strong" />}
          </span>
          <span className="steps-words">
            <b>{step.title}</b>
            <span className="unseen">{said[step.state]}</span>
            {step.note && <small>{step.note}</small>}
          </span>
        </li>
      ))}
    </ol>
  )
}
