import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { useNetworkWords } from './words/index.ts'

type Move = Result<'GET /network/suggestion'>['moves'][number]

/** A suggested move with its reasons: a person accepts it, or declines it and says why. */
export function OneMove({
  move,
  onDone,
}: {
  readonly move: Move
  readonly onDone: (said: string, handing?: string) => void
}) {
  const all = useConsoleWords()
  const { balance: words } = useNetworkWords()
  const say = useSaid()
  const [declining, setDeclining] = useState(false)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = why.trim().length < 2
  const title = move.from
    ? words.hand(move.village.name, move.from.name, move.to.name)
    : words.join(move.village.name, move.to.name)
  const asked = { village: move.village.code, from: move.from?.account ?? null, to: move.to.account }
  const [accept, accepting] = useDeed(async () => {
    const { id } = await api('POST /handings', { body: { ...asked, reason: words.reason } })
    onDone(words.accepted(move.village.name, move.to.name), id)
  })
  const [decline, sending] = useDeed(async () => {
    await api('POST /network/declined', { body: { ...asked, reason: why.trim() } })
    onDone('')
  })
  const problem = accepting.problem ?? sending.problem
  return (
    <li className="stack">
      <h3>
        {title} <span className="second small">{words.visits(move.visits)}</span>
      </h3>
      <ul className="network-reasons">
        {move.reasons.map(reason => (
          <li key={reason.zh}>{say(reason)}</li>
        ))}
      </ul>
      {problem && <Failed problem={problem} />}
      {!declining && (
        <div className="row">
          <Button busy={accepting.busy} busyWords={words.saving} name={words.acceptOf(title)} onClick={accept}>
            {words.accept}
          </Button>
          <Button kind="text" name={words.declineOf(title)} onClick={() => setDeclining(true)}>
            {words.decline}
          </Button>
        </div>
      )}
      {declining && (
        <form
          className="stack"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (!isShort) decline()
          }}
        >
          <TextField
            label={words.why}
            lines={2}
            maxLength={300}
            value={why}
            onChange={setWhy}
            error={tried && isShort ? words.mustWhy : undefined}
          />
          <div className="row">
            <Button submit busy={sending.busy} busyWords={words.saving}>
              {words.send}
            </Button>
            <Button kind="text" onClick={() => setDeclining(false)}>
              {all.cancel}
            </Button>
          </div>
        </form>
      )}
    </li>
  )
}
