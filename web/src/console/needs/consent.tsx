import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useNeedWords } from './words.ts'

type Taken = NonNullable<Result<'GET /needs/:needId'>['wish']>

/** Somebody took the wish: whether the family agrees that they learn a name and how to reach it, and thanks afterwards. */
export function Consent({
  wish,
  asks,
  onChanged,
}: {
  readonly wish: Taken
  /** Before the work has begun. */
  readonly asks: boolean
  readonly onChanged: () => void
}) {
  const { wish: say, form } = useNeedWords()
  const [name, setName] = useState('')
  const [reach, setReach] = useState('')
  const [thanks, setThanks] = useState('')
  const [tried, setTried] = useState(false)
  const [pressed, setPressed] = useState(false)
  const wrong = { name: name.trim() === '', reach: reach.trim().length < 3 }
  const [answer, answering] = useDeed(async (agreed: boolean) => {
    await api('POST /wishes/:wishId/consent', {
      params: { wishId: wish.id },
      body: {
        agreed,
        expectedVersion: wish.version,
        ...(agreed ? { name: name.trim(), reach: reach.trim() } : {}),
      },
    })
    onChanged()
  })
  const [thank, thanking] = useDeed(async () => {
    await api('POST /wishes/:wishId/thanks', { params: { wishId: wish.id }, body: { words: thanks.trim() } })
    setThanks('')
    setPressed(false)
    onChanged()
  })
  return (
    <Card label={say.takenTitle}>
      <h2>{say.takenTitle}</h2>
      <p>{say.tookIt(wish.by)}</p>
      {asks && !wish.agreed && (
        <form
          className="stack-wide"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (!wrong.name && !wrong.reach) answer(true)
          }}
        >
          <p className="second">{say.ask}</p>
          {answering.problem && <Failed problem={answering.problem} />}
          <TextField
            label={say.name}
            hint={say.nameHint}
            maxLength={30}
            value={name}
            onChange={setName}
            error={tried && wrong.name ? say.mustName : undefined}
          />
          <TextField
            label={say.reach}
            hint={say.reachHint}
            maxLength={80}
            value={reach}
            onChange={setReach}
            error={tried && wrong.reach ? say.mustReach : undefined}
          />
          <div className="row">
            <Button kind="main" submit busy={answering.busy}>
              {say.agree}
            </Button>
            <Button busy={answering.busy} onClick={() => answer(false)}>
              {say.disagree}
            </Button>
          </div>
        </form>
      )}
      {wish.agreed && (
        <form
          className="stack"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setPressed(true)
            if (thanks.trim().length > 1) thank()
          }}
        >
          <p className="second">{wish.thanks ? say.thanked(wish.thanks) : say.agreed}</p>
          {thanking.problem && <Failed problem={thanking.problem} />}
          <TextField
            label={say.thanksField}
            hint={say.thanksHint}
            maxLength={200}
            value={thanks}
            onChange={setThanks}
            error={pressed && thanks.trim().length < 2 ? form.must : undefined}
          />
          <div>
            <Button submit busy={thanking.busy}>
              {say.relay}
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
