import { useRef, useState, type ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { isProblem } from '../../platform/problem.ts'
import { askSession } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'

interface Proof {
  /** Does a deed; where the server wants a fresh proof, asks for the password and does it again. */
  readonly with: <T>(deed: () => Promise<T>) => Promise<T>
  /** To be drawn where the deed is. */
  readonly dialog: ReactNode
}

interface Waiting {
  readonly done: () => void
  readonly left: (reason: unknown) => void
}

/** Some steps ask who is at the desk once more. */
export function useProof(): Proof {
  const [asking, setAsking] = useState(false)
  const waiting = useRef<Waiting | undefined>(undefined)
  const withProof = async <T,>(deed: () => Promise<T>): Promise<T> => {
    try {
      return await deed()
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.code !== 'request.proofNeeded') throw thrown
      await new Promise<void>((done, left) => {
        waiting.current = { done, left: () => left(thrown) }
        setAsking(true)
      })
      return await deed()
    }
  }
  const end = (proved: boolean) => {
    setAsking(false)
    if (proved) waiting.current?.done()
    else waiting.current?.left(undefined)
  }
  return {
    with: withProof,
    dialog: asking && <ProofDialog onEnd={end} />,
  }
}

function ProofDialog({ onEnd }: { readonly onEnd: (proved: boolean) => void }) {
  const words = useConsoleWords()
  const [password, setPassword] = useState('')
  const [prove, proving] = useDeed(async () => {
    await api('POST /session/proof', { body: { password } })
    await askSession()
    onEnd(true)
  })
  return (
    <Dialog title={words.proof.title} closeName={words.close} onClose={() => onEnd(false)}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          event.stopPropagation()
          if (password) prove()
        }}
      >
        <p>{words.proof.text}</p>
        {proving.problem && <Failed problem={proving.problem} />}
        <TextField
          label={words.proof.password}
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
          <Button kind="text" onClick={() => onEnd(false)}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
