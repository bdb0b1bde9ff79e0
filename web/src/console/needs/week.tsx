import type { Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useNeedWords } from './words.ts'

/** What moved in seven days. */
export function Week({ board }: { readonly board: Result<'GET /needs/board'> }) {
  const { week: say } = useNeedWords()
  const language = useLanguage()
  const { week } = board
  const figures = [
    say.told(week.told),
    say.rose(week.rose),
    ...(week.handedDown > 0 ? [say.down(week.handedDown)] : []),
    say.linked(week.linked),
    say.confirmed(week.confirmed),
    say.closed(week.closed),
  ]
  return (
    <dl className="needs-week">
      <dt>
        {say.title} <span className="second small">{say.from(formatDay(week.from, language))}</span>
      </dt>
      {figures.map(figure => (
        <dd key={figure}>{figure}</dd>
      ))}
    </dl>
  )
}
