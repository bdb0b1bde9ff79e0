import { useDeskWords } from './words/index.ts'
import './clock.css'

export type ClockState = 'plenty' | 'near' | 'late' | 'none'

/** A ring that empties, a square with “!” when late, two bars when nothing runs; always with the words. */
export function Clock({ state, daysLeft }: { readonly state: ClockState; readonly daysLeft: number | null }) {
  const words = useDeskWords()
  if (state === 'none' || daysLeft === null)
    return (
      <span className="desk-clock none">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M9 6v12M15 6v12" className="desk-clock-whole" />
        </svg>
        <span>{words.noLimit}</span>
      </span>
    )
  const round = 2 * Math.PI * 8
  return (
    <span className={`desk-clock ${state}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {state === 'late' ? (
          <>
            <rect x="3" y="3" width="18" height="18" rx="3" className="desk-clock-late" />
            <path d="M12 7v6M12 16.500v.5" className="desk-clock-mark" />
          </>
        ) : (
          <>
            <circle cx="12" cy="12" r="8" className="desk-clock-whole" />
            <circle
              cx="12"
              cy="12"
              r="8"
              className="desk-clock-left"
              strokeDasharray={`${String(round * Math.min(1, Math.max(0.08, daysLeft / 5)))} ${String(round)}`}
              transform="rotate(-90 12 12)"
            />
          </>
        )}
      </svg>
      <span>{daysLeft < 0 ? words.lateBy(-daysLeft) : daysLeft === 0 ? words.dueToday : words.plenty(daysLeft)}</span>
    </span>
  )
}
