import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import type { Deed } from '../../platform/load.ts'
import { useMarks, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import type { Interview } from '../kinds.ts'
import { Sure } from '../sure.tsx'
import { usePlaceWords } from '../villages.ts'
import { useWords } from '../words/index.ts'
import './answers.css'

interface Deeds {
  readonly close: () => void
  readonly back: (to: string) => void
  readonly goingBack: Deed
  readonly finish: () => void
  readonly finishing: Deed
  readonly clear: () => void
  readonly clearing: Deed
}

/** What was answered, each with the way back to it; and the two ways out: stop here, clear everything. */
export function AnswersView({
  interview,
  close,
  back,
  goingBack,
  finish,
  finishing,
  clear,
  clearing,
}: { readonly interview: Interview } & Deeds) {
  const { interview: words, roster } = useWords()
  const said = useSaid()
  const { list } = useMarks()
  const placed = usePlaceWords()
  const problem = goingBack.problem ?? finishing.problem ?? clearing.problem
  return (
    <Page
      title={words.answersTitle}
      onBack={close}
      banner={<Behalf who={interview.onBehalfOf} />}
      foot={
        <Button kind="main" onClick={close}>
          {words.backToQuestion}
        </Button>
      }
    >
      <h1 tabIndex={-1}>{words.answersTitle}</h1>
      <p className="lead">{words.answersText}</p>
      {problem && <Failed problem={problem} />}
      <ul className="answers card tight">
        <li>
          <span>
            <small>{roster.title}</small>
            <b>{interview.members.map(member => member.callName).join(list)}</b>
          </span>
          <a href={`#/ask/${interview.id}/roster`} aria-label={words.changeName(roster.title)}>
            {words.change}
          </a>
        </li>
        {interview.answers.map(answer => (
          <li key={answer.key}>
            <span>
              <small>{said(answer.title)}</small>
              <b className={answer.from === 'unknown' ? 'unsure' : ''}>{placed(said(answer.words))}</b>
              {answer.from === 'confirmed' && <small>{words.confirmed}</small>}
            </span>
            <Button kind="text" onClick={() => back(answer.key)} name={words.changeName(said(answer.title))}>
              {words.change}
            </Button>
          </li>
        ))}
      </ul>
      <div className="actions">
        {interview.next && interview.answers.length > 0 && (
          <Sure
            kind="framed"
            wide
            sentence={words.stopSure}
            yes={words.stopYes}
            no={words.stopNo}
            onYes={finish}
            busy={finishing.busy}
          >
            {words.stop}
          </Sure>
        )}
        <Sure
          wide
          sentence={words.clearSure}
          yes={words.clearYes}
          no={words.clearNo}
          onYes={clear}
          busy={clearing.busy}
        >
          {words.clear}
        </Sure>
      </div>
    </Page>
  )
}
