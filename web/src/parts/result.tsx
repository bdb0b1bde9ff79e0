import type { ReactNode } from 'react'
import { Fold } from './fold.tsx'
import { Icon } from './icon.tsx'
import { Example } from './tag.tsx'
import './result.css'

/** Yuan with its period in words, 示例 where the figure is illustrative. */
export function Amount({
  figure,
  unit,
  example,
  small,
}: {
  readonly figure: string
  readonly unit?: string | undefined
  readonly example: boolean
  readonly small?: boolean
}) {
  return (
    <p className={small ? 'amount small-amount' : 'amount'}>
      {figure}
      {unit && <span className="amount-unit"> {unit}</span>}
      {example && <Example />}
    </p>
  )
}

export interface ResultProps {
  readonly id?: string
  readonly name: string
  /** The name is the heading of the page. */
  readonly whole?: boolean
  /** Who decides, for whom. */
  readonly by?: ReactNode
  readonly amount?: ReactNode
  /** Each with where it is known from. */
  readonly reasons: readonly { readonly text: string; readonly from?: string | undefined }[]
  /** Title of the fold and what is in it. */
  readonly more?: {
    readonly title: string
    readonly open?: boolean
    readonly lines: readonly { readonly term: string; readonly words: ReactNode }[]
  }
  readonly children?: ReactNode
}

/** One help: name, who decides, amount, the reasons with checks, and how it is counted, what to bring, whom to find. */
export const Result = ({ id, name, whole, by, amount, reasons, more, children }: ResultProps) => (
  <article className="card result" id={id}>
    {whole ? <h1 tabIndex={-1}>{name}</h1> : <h3>{name}</h3>}
    {by && <p className="result-by">{by}</p>}
    {amount}
    {reasons.length > 0 && (
      <ul className="result-because">
        {reasons.map(reason => (
          <li key={reason.text}>
            <Icon name="check" className="strong" />
            <span>
              {reason.text}
              {reason.from && <small>{reason.from}</small>}
            </span>
          </li>
        ))}
      </ul>
    )}
    {children}
    {more && (
      <Fold title={more.title} icon="paper" open={more.open ?? false} plain>
        <dl>
          {more.lines.map(line => (
            <div key={line.term}>
              <dt>{line.term}</dt>
              <dd>{line.words}</dd>
            </div>
          ))}
        </dl>
      </Fold>
    )}
  </article>
)

/** The same in one row that leads to the whole. */
export const MiniResult = ({
  to,
  name,
  note,
  value,
  valueNote,
}: {
  readonly to: string
  readonly name: ReactNode
  readonly note?: ReactNode
  readonly value?: ReactNode
  readonly valueNote?: ReactNode
}) => (
  <a className="card mini-result" href={to}>
    <span className="mini-result-words">
      {name}
      {note && <small>{note}</small>}
    </span>
    {(value || valueNote) && (
      <span className="mini-result-value">
        {value}
        {valueNote && <small>{valueNote}</small>}
      </span>
    )}
    <Icon name="next" />
  </a>
)
