import type { MouseEventHandler, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { usePartWords } from './words.ts'
import './button.css'

interface Look {
  /** One `main` per area; `text` for the way round; danger is framed, never filled. */
  readonly kind?: 'main' | 'framed' | 'text' | 'danger'
  readonly icon?: IconName
  readonly wide?: boolean
  /** Verb and object. */
  readonly children: ReactNode
  /** When the words alone would be unclear out of their place. */
  readonly name?: string
}

const looks = ({ kind = 'framed', wide }: Look) => `button ${kind}${wide ? ' wide' : ''}`

export interface ButtonProps extends Look {
  readonly onClick?: MouseEventHandler<HTMLButtonElement>
  readonly submit?: boolean
  /** While the deed runs: the words change, the width stays, a second press does nothing. */
  readonly busy?: boolean
  readonly busyWords?: string
  readonly off?: boolean
  /** Id of the sentence that says why it is off. */
  readonly describedBy?: string
  readonly expanded?: boolean
}

export function Button(props: ButtonProps) {
  const words = usePartWords()
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      className={looks(props)}
      onClick={props.busy ? undefined : props.onClick}
      disabled={props.off ?? false}
      aria-disabled={props.busy || undefined}
      aria-busy={props.busy || undefined}
      aria-label={props.name}
      aria-describedby={props.describedBy}
      aria-expanded={props.expanded}
    >
      {props.icon && <Icon name={props.icon} />}
      <span className="button-words">
        <span className={props.busy ? 'waiting' : ''}>{props.children}</span>
        {props.busy && <span className="instead">{props.busyWords ?? words.busy}</span>}
      </span>
    </button>
  )
}

/** Looks like a button, is a link: it goes somewhere. */
export function ButtonLink(
  props: Look & { readonly to: string; readonly onClick?: MouseEventHandler<HTMLAnchorElement> },
) {
  return (
    <a className={looks(props)} href={props.to} onClick={props.onClick} aria-label={props.name}>
      {props.icon && <Icon name={props.icon} />}
      <span className="button-words">{props.children}</span>
    </a>
  )
}
