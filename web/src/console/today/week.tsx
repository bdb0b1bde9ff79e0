import { Card } from '../../parts/card.tsx'
import { formatDay } from '../../platform/format.ts'
import type { Result } from '../../platform/api.ts'
import { useLanguage } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import { weekdayOf } from './hello.tsx'
import { useTodayWords } from './words/index.ts'

type WeekDay = Result<'GET /today'>['week'][number]

const most = 12

/** Seven days as piles of what is due; the number stands under each pile. */
export function Week({ week }: { readonly week: readonly WeekDay[] }) {
  const words = useTodayWords()
  const language = useLanguage()
  const today = useToday()
  const fullest = week.reduce<WeekDay | undefined>((a, b) => (b.due > (a?.due ?? 0) ? b : a), undefined)
  const name = (day: WeekDay) => (day.on === today ? words.today : (words.shortDays[weekdayOf(day.on)] ?? ''))
  return (
    <Card label={words.week}>
      <div className="desk-card-head">
        <h2>{words.week}</h2>
        <span className="second small">{words.weekUnit}</span>
      </div>
      <ol className="week">
        {week.map(day => (
          <li key={day.on} className={day.on === today ? 'now' : ''} title={formatDay(day.on, language)}>
            <span className="week-pile" aria-hidden="true">
              {Array.from({ length: Math.min(day.due, most) }, (_, i) => (
                <i key={i} />
              ))}
            </span>
            <b>{day.workingDay || day.due > 0 ? day.due : words.rest}</b>
            <span className="second small">{name(day)}</span>
          </li>
        ))}
      </ol>
      <p className="second">{fullest ? words.weekSentence(name(fullest), fullest.due) : words.weekCalm}</p>
    </Card>
  )
}
