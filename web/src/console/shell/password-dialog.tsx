import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { askSession } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'

export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useConsoleWords()
  const { password: say } = words
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [done, setDone] = useState(false)
  const short = next !== '' && Array.from(next).length < 10
  const [change, changing] = useDeed(async () => {
    await api('PUT /session/password', { body: { current, next } })
    await askSession()
    setDone(true)
  })
  return (
    <Dialog title={words.changePassword} closeName={words.close} onClose={onClose}>
      {done ? (
        <div className="stack-wide">
          <Notice tone="hill" said>
            {say.done}
          </Notice>
          <Button kind="main" onClick={onClose}>
            {words.close}
          </Button>
        </div>
      ) : (
        <form
          className="stack-wide"
          onSubmit={event => {
            event.preventDefault()
            if (current && next && !short) change()
          }}
        >
          {changing.problem && <Failed problem={changing.problem} />}
          <TextField
            label={say.current}
            kind="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
          <TextField
            label={say.next}
            hint={say.hint}
            error={short ? say.short : undefined}
            kind="password"
            autoComplete="new-password"
            value={next}
            onChange={setNext}
          />
          <div className="row">
            <Button kind="main" submit busy={changing.busy}>
              {words.changePassword}
            </Button>
            <Button kind="text" onClick={onClose}>
              {words.cancel}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
