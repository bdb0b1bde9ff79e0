import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { useDeed } from '../../platform/load.ts'
import type { Problem } from '../../platform/problem.ts'
import { useConsoleWords } from '../words/index.ts'
import { useDeliveryWords } from './words.ts'

interface Later {
  readonly household: string
  readonly registerNo: string | null
}
const laterIn = (problem: Problem | undefined): readonly Later[] => {
  const found = problem?.facts['households']
  return Array.isArray(found) ? (found as Later[]) : []
}
const shortest = 4

/** A deed with its reason; where households have moved on since, it says which. */
export function ReasonDialog({
  title,
  text,
  deed,
  onClose,
}: {
  readonly title: string
  readonly text: string
  readonly deed: (reason: string) => Promise<void>
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const { undo: say } = useDeliveryWords()
  const [reason, setReason] = useState('')
  const [go, going] = useDeed(async () => {
    await deed(reason.trim())
    onClose()
  })
  const later = laterIn(going.problem)
  const more = Number(going.problem?.facts['count'] ?? 0) - later.length
  return (
    <Dialog title={title} closeName={words.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (reason.trim().length >= shortest) go()
        }}
      >
        <p>{text}</p>
        {going.problem && <Failed problem={going.problem} />}
        {later.length > 0 && (
          <div>
            <h3>{say.refused}</h3>
            <ul className="import-later">
              {later.map(one => (
                <li key={one.household}>
                  <Link to="/registry/$householdId" params={{ householdId: one.household } as never}>
                    {one.registerNo ?? one.household}
                  </Link>
                </li>
              ))}
            </ul>
            {more > 0 && <p className="second small">{say.more(more)}</p>}
          </div>
        )}
        <TextField
          label={say.reason}
          hint={say.reasonHint}
          lines={2}
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        <div className="row">
          <Button kind="danger" submit busy={going.busy} off={reason.trim().length < shortest}>
            {title}
          </Button>
          <Button kind="text" onClick={onClose}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
