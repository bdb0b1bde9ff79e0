import { Icon } from '../../parts/icon.tsx'
import { formatInstant } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useAlertWords } from './words/index.ts'

interface Clock {
  readonly at: string | null
  readonly state: 'plenty' | 'near' | 'late' | 'none'
  readonly likelyAt: string | null
}

/** When the next step is due, to the minute, for red counts hours; and whether it will come too late as fast as it usually goes. */
export function Due({ clock }: { readonly clock: Clock }) {
  const { due: words } = useAlertWords()
  const language = useLanguage()
  if (!clock.at || clock.state === 'none') return <span className="second">{words.none}</span>
  const when = formatInstant(clock.at, language)
  return (
    <span className={`alert-due ${clock.state}`}>
      {clock.state !== 'plenty' && <Icon name={clock.state === 'late' ? 'warning' : 'clock'} />}
      {clock.state === 'late' ? words.late(when) : words.by(when)}
      {clock.likelyAt && (
        <span className="small">
          <Icon name="warning" /> {words.likely(formatInstant(clock.likelyAt, language))}
        </span>
      )}
    </span>
  )
}
