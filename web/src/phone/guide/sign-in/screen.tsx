import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { ErrorSummary } from '../../../parts/errors.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Failed } from '../../../parts/state.tsx'
import { useDeed, type Deed } from '../../../platform/load.ts'
import { go, usePlace } from '../../../platform/place.ts'
import { signIn } from '../../../platform/session.ts'
import { useGuideWords } from '../words/index.ts'
import './screen.css'

export function SignInView({
  send,
  sending,
  notStaff,
}: {
  readonly send: (name: string, password: string) => void
  readonly sending: Deed
  readonly notStaff: boolean
}) {
  const { signIn: words } = useGuideWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [tried, setTried] = useState(false)
  const wrong = [
    ...(tried && name.trim() === '' ? [{ id: 'sign-in-name', words: words.mustName }] : []),
    ...(tried && password === '' ? [{ id: 'sign-in-password', words: words.mustPassword }] : []),
  ]
  return (
    <Page title={words.title} onBack={() => go('/')}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <p className="lead">{words.lead}</p>
      {notStaff && (
        <Notice tone="ochre" said>
          <p>{words.notStaff}</p>
        </Notice>
      )}
      <form
        className="sign-in"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (name.trim() !== '' && password !== '') send(name.trim(), password)
        }}
      >
        <ErrorSummary errors={wrong} />
        <TextField
          id="sign-in-name"
          label={words.name}
          value={name}
          onChange={setName}
          autoComplete="username"
          maxLength={64}
          error={wrong.find(one => one.id === 'sign-in-name')?.words}
        />
        <TextField
          id="sign-in-password"
          label={words.password}
          value={password}
          onChange={setPassword}
          kind={shown ? 'text' : 'password'}
          autoComplete="current-password"
          maxLength={256}
          error={wrong.find(one => one.id === 'sign-in-password')?.words}
        />
        <p>
          <Button kind="text" onClick={() => setShown(!shown)}>
            {shown ? words.hide : words.show}
          </Button>
        </p>
        {sending.problem && <Failed problem={sending.problem} />}
        <Button kind="main" wide submit busy={sending.busy} busyWords={words.sending}>
          {words.send}
        </Button>
      </form>
      <p className="sign-in-other">
        <a href="#/">{words.resident}</a>
      </p>
    </Page>
  )
}

export function SignInScreen() {
  const { query } = usePlace()
  const then = query.get('then') ?? '/guide'
  const [notStaff, setNotStaff] = useState(false)
  const [send, sending] = useDeed(async (name: string, password: string) => {
    const session = await signIn(name, password)
    if (session.state === 'known' && session.role !== 'resident')
      go(then.startsWith('/guide') ? then : '/guide', { replace: true })
    else setNotStaff(true)
  })
  return <SignInView send={send} sending={sending} notStaff={notStaff} />
}
