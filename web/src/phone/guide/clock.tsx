import { useSaid } from '../../platform/words.ts'
import type { CaseLine } from './kinds.ts'
import { useGuideWords } from './words/index.ts'
import './clock.css'

/** A ring that empties, a square with “!” when late, and always the words. */
export function Clock({ clock }: { readonly clock: CaseLine['clock'] }) {
  const { case: words } = useGuideWords()
  const said = useSaid()
  const { state, daysLeft } = clock
  if (state === 'none' || daysLeft === null) return null
  const left = daysLeft < 0 ? words.lateBy(-daysLeft) : daysLeft === 0 ? words.dueToday : words.plenty(daysLeft)
  const round = 2 * Math.PI * 8
  return (
    <span className={`clock ${state}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {state === 'late' ? (
          <>
            <rect x="3" y="3" width="18" height="18" rx="3" className="clock-late" />
            <path d="M12 7v6M12 16.500v.5" className="clock-mark" />
          </>
        ) : (
          <>
            <circle cx="12" cy="12" r="8" className="clock-whole" />
            <circle
              cx="12"
              cy="12"
              r="8"
              className="clock-left"
              strokeDasharray={`${String(round * Math.min(1, Math.max(0.08, daysLeft / 5)))} ${String(round)}`}
              transform="rotate(-90 12 12)"
            />
          </>
        )}
      </svg>
      <span>
        {clock.words && <small>{said(clock.words)}</small>}
        {left}
      </span>
    </span>
  )
}
