import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { useDeed } from '../../platform/load.ts'
import { useConsoleWords } from '../words/index.ts'
import { useWorkbenchWords } from './words.ts'

/** Gives a draft back, saying what has to change. */
export function ReturnDialog({
  deed,
  onClose,
}: {
  readonly deed: (note: string) => Promise<void>
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useWorkbenchWords()
  const [note, setNote] = useState('')
  const isSaid = note.trim().length > 1
  const [give, giving] = useDeed(async () => {
    await deed(note.trim())
    onClose()
  })
  return (
    <Dialog title={say.returnTitle} closeName={words.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (isSaid) give()
        }}
      >
        {giving.problem && <Failed problem={giving.problem} />}
        <TextField label={say.returnNote} lines={3} maxLength={500} value={note} onChange={setNote} />
        <Button kind="main" submit busy={giving.busy} off={!isSaid}>
          {say.steps.return}
        </Button>
      </form>
    </Dialog>
  )
}
