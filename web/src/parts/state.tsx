import { useEffect, useRef, useState, type ReactNode } from 'react'
import { formatInstant } from '../platform/format.ts'
import type { Problem } from '../platform/problem.ts'
import { useLanguage } from '../platform/words.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Notice } from './notice.tsx'
import { usePartWords } from './words.ts'
import './state.css'

/** The real shape in mist, after 200 ms; never a wheel. */
export function Skeleton({ shape }: { readonly shape: readonly ('title' | 'line' | 'card' | 'tall')[] }) {
  const words = usePartWords()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{words.loading}</span>
      {late &&
        shape.map((piece, i) => (
          <span key={`${piece}-${String(i)}`} className={`skeleton-${piece}`} aria-hidden="true" />
        ))}
    </div>
  )
}

/** What a problem says to a person: the server's own words first. */
export function useProblemWords(): (problem: Problem) => string {
  const words = usePartWords()
  const atDesk = globalThis.document?.documentElement.classList.contains('desk') ?? false
  return problem => {
    if (problem.kind === 'refused' && problem.detail) return problem.detail
    return problem.kind === 'fault' && atDesk ? words.faultAtDesk : words.problem[problem.kind]
  }
}

/** What happened, try again, the number to quote; what was there before stays below, with its time. */
export function Failed({
  problem,
  again,
  at,
  act,
}: {
  readonly problem: Problem
  readonly again?: (() => void) | undefined
  readonly at?: Date | undefined
  readonly act?: ReactNode
}) {
  const words = usePartWords()
  const say = useProblemWords()
  const language = useLanguage()
  const shown = useRef<HTMLDivElement>(null)
  // What went wrong may stand under the foot of a small phone, where the finger just was.
  useEffect(() => shown.current?.scrollIntoView?.({ block: 'nearest' }), [problem])
  return (
    <div ref={shown}>
      <Notice
        tone={problem.kind === 'refused' ? 'ochre' : 'seal'}
        icon={problem.kind === 'offline' ? 'noNet' : 'warning'}
        said
        act={
          <>
            {again && problem.kind !== 'refused' && <Button onClick={again}>{words.again}</Button>}
            {act}
          </>
        }
      >
        <p>{say(problem)}</p>
        {problem.reference && problem.kind === 'fault' && (
          <p className="mini second">{words.reference(problem.reference)}</p>
        )}
        {at && <p className="mini second">{words.asOf(formatInstant(at, language))}</p>}
      </Notice>
    </div>
  )
}

/** Why there is nothing, and the one useful act. A check in hill when that is good news. */
export const Empty = ({
  title,
  whole,
  children,
  good,
  act,
}: {
  readonly title: string
  /** It is all there is on the page. */
  readonly whole?: boolean
  readonly children?: ReactNode
  readonly good?: boolean
  readonly act?: ReactNode
}) => (
  <section className="empty">
    {good && (
      <span className="empty-mark">
        <Icon name="check" className="strong" />
      </span>
    )}
    {whole ? <h1 tabIndex={-1}>{title}</h1> : <h2>{title}</h2>}
    {children && <p className="second">{children}</p>}
    {act}
  </section>
)
