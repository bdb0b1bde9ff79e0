import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { askSession } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'
import { useProofWanted } from './proof.ts'

/** The password once more, for the few steps that ask for it; good for five minutes. */
export function ProofDialog() {
  const words = useConsoleWords()
  const wanted = useProofWanted()
  const [password, setPassword] = useState('')
  const [prove, proving] = useDeed(async () => {
    await api('POST /session/proof', { body: { password } })
    await askSession()
    setPassword('')
    wanted?.given()
  })
  if (!wanted) return null
  const leave = () => {
    setPassword('')
    proving.clear()
    wanted.left()
  }
  return (
    <Dialog title={words.proof.title} closeName={words.close} onClose={leave}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (password) prove()
        }}
      >
        <p>{words.proof.why}</p>
        {proving.problem && <Failed problem={proving.problem} />}
        <TextField
          label={words.signIn.password}
          kind="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={setPassword}
        />
        <div className="row">
          <Button kind="main" submit busy={proving.busy}>
            {words.proof.go}
          </Button>
          <Button kind="text" onClick={leave}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
