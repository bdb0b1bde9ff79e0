import { useState } from 'react'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { api, type Result } from '../../platform/api.ts'
import { type Deed, useDeed } from '../../platform/load.ts'
import { goBack } from '../../platform/place.ts'
import { ensureVisitor, useSession } from '../../platform/session.ts'
import { Failed } from '../failed.tsx'
import { Calm } from '../interview/calm.tsx'
import { Nav } from '../nav.tsx'
import { PlaceField } from '../place-field.tsx'
import { useTellWords } from './words/index.ts'

interface Told {
  readonly village: string
  readonly who: string
  readonly words: string
}
export interface TellViewProps {
  readonly village: string
  readonly tell: (told: Told) => void
  readonly telling: Deed
  /** It came in; with numbers to call where a trained person reads it first. */
  readonly answer: Result<'POST /my/leads'> | undefined
  readonly another: () => void
}

/** Three plain fields, and nothing about anybody in return. */
export function TellView({ village: first, tell, telling, answer, another }: TellViewProps) {
  const say = useTellWords()
  const [village, setVillage] = useState(first)
  const [who, setWho] = useState('')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = { village: village === '', who: who.trim().length < 2, words: words.trim().length < 4 }
  const send = () => {
    setTried(true)
    if (!Object.values(wrong).includes(true)) tell({ village, who: who.trim(), words: words.trim() })
  }
  if (answer)
    return (
      <Page title={say.title} nav={<Nav />}>
        <h1 tabIndex={-1}>{say.done}</h1>
        <p className="lead">{say.doneText}</p>
        {answer.calm && <Calm calm={answer.calm} />}
        <div className="stack">
          <Button wide onClick={another}>
            {say.another}
          </Button>
          <ButtonLink wide to="#/">
            {say.home}
          </ButtonLink>
        </div>
      </Page>
    )
  return (
    <Page
      title={say.title}
      onBack={() => goBack('/')}
      foot={
        <Button kind="main" onClick={send} busy={telling.busy} busyWords={say.sending}>
          {say.send}
        </Button>
      }
    >
      <h1 tabIndex={-1}>{say.headline}</h1>
      <p className="lead">{say.lead}</p>
      <form
        className="section stack-wide"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        {telling.problem && <Failed problem={telling.problem} />}
        <PlaceField value={village} onChange={setVillage} error={tried && wrong.village ? say.mustPlace : undefined} />
        <TextField
          label={say.who}
          hint={say.whoHint}
          maxLength={60}
          value={who}
          onChange={setWho}
          error={tried && wrong.who ? say.mustWho : undefined}
        />
        <TextField
          label={say.what}
          hint={say.whatHint}
          lines={3}
          maxLength={300}
          value={words}
          onChange={setWords}
          error={tried && wrong.words ? say.mustWhat : undefined}
        />
      </form>
    </Page>
  )
}

const longestName = 30

export function TellScreen() {
  const session = useSession()
  const [answer, setAnswer] = useState<Result<'POST /my/leads'>>()
  const [turn, setTurn] = useState(0)
  const isStaff = session.state === 'known' && session.role !== 'resident'
  const [tell, telling] = useDeed(async ({ village, who, words }: Told) => {
    if (isStaff) {
      // What is longer than a name says where they live.
      const whom = who.length > longestName ? { name: who.slice(0, longestName), where: who } : { name: who }
      await api('POST /leads', { body: { village, channel: 'guide', words, ...whom } })
      setAnswer({ calm: null })
    } else {
      await ensureVisitor(undefined)
      setAnswer(await api('POST /my/leads', { body: { village, who, words } }))
    }
  })
  const first = session.state === 'known' && session.scope?.length === 12 ? session.scope : ''
  return (
    <TellView
      key={`${first} ${turn}`}
      village={first}
      tell={tell}
      telling={telling}
      answer={answer}
      another={() => {
        // What was said of one family does not stand in the fields for the next, nor for who holds the telephone then.
        setTurn(turn + 1)
        setAnswer(undefined)
      }}
    />
  )
}
