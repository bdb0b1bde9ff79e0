import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { askSession, signIn } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'
import { startChoosing } from './choose-grant.tsx'

/** Name and password; or, the first time, the code from the administrator and a password of one's own. */
export function SignInForm({ onDone }: { readonly onDone?: () => void }) {
  const words = useConsoleWords()
  const { signIn: say } = words
  const [first, setFirst] = useState(false)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [enter, entering] = useDeed(async () => {
    if (!onDone) startChoosing()
    if (first) {
      await api('POST /session/set-up', { body: { signInName: name.trim(), setUpCode: code.trim(), password } })
      await askSession()
    } else await signIn(name.trim(), password)
    onDone?.()
  })
  const ready = name.trim() !== '' && password !== '' && (!first || code.trim() !== '')
  return (
    <>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (ready) enter()
        }}
      >
        {entering.problem && <Failed problem={entering.problem} />}
        <TextField label={say.name} autoComplete="username" maxLength={64} value={name} onChange={setName} />
        {first && <TextField label={say.code} hint={say.codeHint} maxLength={40} value={code} onChange={setCode} />}
        <TextField
          label={first ? say.newPassword : say.password}
          {...(first ? { hint: words.password.hint } : {})}
          kind="password"
          autoComplete={first ? 'new-password' : 'current-password'}
          maxLength={256}
          value={password}
          onChange={setPassword}
        />
        <Button kind="main" submit wide busy={entering.busy} busyWords={say.entering}>
          {first ? say.setUp : say.enter}
        </Button>
      </form>
      {!onDone && (
        <Button kind="text" onClick={() => setFirst(!first)}>
          {first ? say.notFirst : say.first}
        </Button>
      )}
    </>
  )
}
