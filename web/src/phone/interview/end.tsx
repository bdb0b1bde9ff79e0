import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Pool } from '../../parts/pool/pool.tsx'
import type { Deed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import type { Interview } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import { Calm } from './calm.tsx'
import './answers.css'

interface Props {
  readonly interview: Interview
  readonly finish: () => void
  readonly finishing: Deed
  readonly back: (to: string) => void
  readonly goingBack: Deed
  readonly leave: () => void
  /** Goes on to everything. */
  readonly goOn: () => void
  readonly goingOn: Deed
}

/** Nothing asked can change a result any more. What was left open may be filled in, and need not be. */
export function EndView({ interview, finish, finishing, back, goingBack, leave, goOn, goingOn }: Props) {
  const { interview: words } = useWords()
  const said = useSaid()
  const open = interview.answers.filter(answer => answer.from === 'unknown')
  const problem = finishing.problem ?? goingBack.problem ?? goingOn.problem
  const { improbable, others } = interview.undecided
  const likely = interview.depth === 'likely' && improbable + others > 0
  return (
    <Page
      title={words.title}
      tabTitle={likely ? words.likelyTitle : words.endTitle}
      onBack={leave}
      backName={words.leave}
      banner={<Behalf who={interview.onBehalfOf} />}
      turn="end"
      foot={
        <Button kind="main" onClick={finish} busy={finishing.busy} busyWords={words.seeing}>
          {words.see}
        </Button>
      }
    >
      <Pool
        tiles={interview.pool.map(({ id, kind, state }) => ({ id, kind, state: state === 'not' ? 'gone' : state }))}
        justGone={interview.pool.filter(tile => tile.state === 'gone').map(tile => tile.id)}
        change={-interview.progress.justGone}
        list={`#/ask/${interview.id}/list`}
      />
      <h1 tabIndex={-1}>{likely ? words.likelyTitle : words.endTitle}</h1>
      <p className="lead">{words.endText(interview.progress.answered, interview.progress.saved)}</p>
      {likely && (
        <section className="section">
          <p>{words.likelyLeft(improbable, others)}</p>
          <Button wide onClick={goOn} busy={goingOn.busy}>
            {words.goOn}
          </Button>
        </section>
      )}
      {problem && <Failed problem={problem} again={finish} />}
      {interview.calm && <Calm calm={interview.calm} />}
      {open.length > 0 && (
        <section className="section">
          <h2>{words.endUnsure(open.length)}</h2>
          <p className="second">{words.endUnsureText}</p>
          <ul className="answers card tight">
            {open.map(answer => (
              <li key={answer.key}>
                <span>{said(answer.title)}</span>
                <Button kind="text" onClick={() => back(answer.key)} name={words.fillName(said(answer.title))}>
                  {words.fill}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="question-more">
        <a href={`#/ask/${interview.id}/answers`}>{words.answers}</a>
      </p>
    </Page>
  )
}
