import type { ReactNode } from 'react'
import { dayOfInstant, formatClock, formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useNow } from '../now.ts'
import { useTodayWords } from './words/index.ts'

/** The weekday of a calendar day; Sunday is 0. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** A greeting, the day, and one sentence one could say aloud. */
export function Hello({
  name,
  sentence,
  children,
}: {
  readonly name: string
  readonly sentence: string
  readonly children?: ReactNode
}) {
  const words = useTodayWords()
  const language = useLanguage()
  const now = useNow()
  const day = dayOfInstant(now)
  return (
    <header className="desk-head">
      <div>
        <h1 tabIndex={-1}>{words.hello(name, Number(formatClock(now).slice(0, 2)))}</h1>
        <p className="second">
          {words.headLine(formatDay(day, language), words.weekdays[weekdayOf(day)] ?? '', sentence)}
        </p>
      </div>
      {children && <div className="row">{children}</div>}
    </header>
  )
}
