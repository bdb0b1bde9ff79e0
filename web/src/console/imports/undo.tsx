import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import type { Problem } from '../../platform/problem.ts'
import { useConsoleWords } from '../words/index.ts'
import type { Whole } from './one.tsx'
import { useImportWords } from './words.ts'

interface Later {
  readonly household: string
  readonly registerNo: string | null
}
const laterIn = (problem: Problem): readonly Later[] => {
  const found = problem.facts['households']
  return problem.code === 'feeds.laterChanges' && Array.isArray(found) ? (found as Later[]) : []
}
const shortest = 4

/** Takes a whole file back, with the reason; where families have moved on since, says which. */
export function Undo({
  batch,
  again,
  onClose,
}: {
  readonly batch: Whole
  readonly again: () => void
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const { undo: say } = useImportWords()
  const [reason, setReason] = useState('')
  const [undo, undoing] = useDeed(async () => {
    await api('POST /imports/:id/undo', { params: { id: batch.id }, body: { reason: reason.trim() } })
    again()
    onClose()
  })
  const later = undoing.problem ? laterIn(undoing.problem) : []
  const count = Number(undoing.problem?.facts['count'] ?? 0)
  return (
    <Dialog title={say.go} closeName={words.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (reason.trim().length >= shortest) undo()
        }}
      >
        <p>{say.ask(batch.fileName)}</p>
        {undoing.problem && <Failed problem={undoing.problem} />}
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
            {count > later.length && <p className="second small">{say.more(count - later.length)}</p>}
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
          <Button kind="danger" submit busy={undoing.busy} off={reason.trim().length < shortest}>
            {say.go}
          </Button>
          <Button kind="text" onClick={onClose}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
