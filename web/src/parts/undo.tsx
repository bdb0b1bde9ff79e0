import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { usePartWords } from './words.ts'
import './undo.css'

const clockOf = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`

/** A ring that empties while a thing can still be taken back, with the words and the deed beside it. */
export function Undo({
  until,
  wholeMs,
  onUndo,
  busy,
  children,
  now = Date.now,
}: {
  readonly until: Date
  readonly wholeMs: number
  readonly onUndo: () => void
  readonly busy?: boolean
  readonly children?: string
  readonly now?: () => number
}) {
  const words = usePartWords()
  const [left, setLeft] = useState(() => until.getTime() - now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(until.getTime() - now()), 1000)
    return () => clearInterval(timer)
  }, [until, now])
  if (left <= 0) return <p className="second small">{words.undoOver}</p>
  const round = 2 * Math.PI * 9
  return (
    <div className="undo">
      <svg viewBox="0 0 24 24" className="undo-ring" aria-hidden="true">
        <circle cx="12" cy="12" r="9" className="undo-whole" />
        <circle
          cx="12"
          cy="12"
          r="9"
          className="undo-left"
          strokeDasharray={`${String((left / wholeMs) * round)} ${String(round)}`}
          transform="rotate(-90 12 12)"
        />
      </svg>
      {/* The clock runs for the eye; readers hear the minutes when they come here, not every second. */}
      <span className="undo-words">
        {children && <b>{children}</b>}
        <span role="timer">{words.undoLeft(clockOf(left))}</span>
      </span>
      <Button icon="undo" onClick={onUndo} busy={busy ?? false}>
        {words.undo}
      </Button>
    </div>
  )
}
