import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Page } from '../../parts/page.tsx'
import { Pool, type Tile } from '../../parts/pool/pool.tsx'
import type { Deed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import type { Interview, Question } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import { draftOf, readDraft, type Answer, type Draft, type Reading } from './answer.ts'
import { Calm } from './calm.tsx'
import { Inputs } from './inputs.tsx'
import './question.css'

export interface QuestionViewProps {
  readonly interview: Interview
  readonly question: Question
  readonly answer: (answer: Answer) => void
  readonly answering: Deed
  readonly back: () => void
  readonly goingBack: Deed
  readonly leave: () => void
  /** How many questions this page has shown: a new one takes the focus. */
  readonly asked: number
}

/** `gone` is a tile that left with the last answer; `not` left before. */
const tilesOf = (interview: Interview): readonly Tile[] =>
  interview.pool.map(({ id, kind, state }) => ({ id, kind, state: state === 'not' ? 'gone' : state }))

export function QuestionView({
  interview,
  question,
  answer,
  answering,
  back,
  goingBack,
  leave,
  asked,
}: QuestionViewProps) {
  const { interview: words } = useWords()
  const said = useSaid()
  const [draft, setDraft] = useState<Draft>(() => draftOf(question))
  const [wrong, setWrong] = useState<Extract<Reading, { wrong: unknown }>>()
  const { progress } = interview
  const next = () => {
    const read = readDraft(question, draft)
    if ('answer' in read) answer(read.answer)
    else setWrong(read)
  }
  const sentence = wrong && wrongWords(words, wrong, question)
  const first = progress.answered === 0
  const problem = answering.problem ?? goingBack.problem
  // A new question is a new page to a reader; the first one keeps the focus where the person put it.
  useEffect(() => {
    if (asked === 0) return
    globalThis.scrollTo?.(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [asked])
  return (
    <Page
      title={words.title}
      tabTitle={`${words.nth(progress.answered + 1)} ${said(question.title)}`}
      onBack={leave}
      backName={words.leave}
      banner={<Behalf who={interview.onBehalfOf} />}
      foot={
        <>
          <Button onClick={() => back()} busy={goingBack.busy} busyWords={words.back}>
            {words.back}
          </Button>
          <Button kind="main" onClick={next} busy={answering.busy}>
            {words.next}
          </Button>
        </>
      }
    >
      <Pool
        tiles={tilesOf(interview)}
        justGone={interview.pool.filter(tile => tile.state === 'gone').map(tile => tile.id)}
        change={-progress.justGone}
        list={`#/ask/${interview.id}/list`}
      />
      <p className="progress-line">
        <span>{words.nth(progress.answered + 1)}</span>
        <span>{words.atMost(progress.atMostLeft)}</span>
        <span>{words.openAndSaved(progress.possible, progress.saved)}</span>
      </p>
      {interview.calm && <Calm calm={interview.calm} />}
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          next()
        }}
      >
        <Inputs
          question={question}
          draft={draft}
          setDraft={setDraft}
          wrong={sentence}
          thisYear={Number(interview.on.slice(0, 4))}
          members={interview.members}
        />
        {/* Enter in a field goes on, as the button in the foot does. */}
        <button type="submit" hidden />
      </form>
      {problem && (
        <div className="section">
          <Failed problem={problem} again={next} />
        </div>
      )}
      <Fold title={words.why} icon="question">
        {question.why && <p>{said(question.why)}</p>}
        {question.settles.count > 0 && (
          <p>{words.settles(question.settles.count, question.settles.names.slice(0, 3).map(said))}</p>
        )}
        {question.sensitive && <p className="second">{words.private}</p>}
      </Fold>
      {!first && (
        <p className="question-more">
          <a href={`#/ask/${interview.id}/answers`}>{words.answers}</a>
        </p>
      )}
    </Page>
  )
}

function wrongWords(
  words: ReturnType<typeof useWords>['interview'],
  { wrong, item }: Extract<Reading, { wrong: unknown }>,
  question: Question,
): string {
  switch (wrong) {
    case 'choose':
      return words.mustChoose
    case 'number':
      return words.mustNumber
    case 'tooSmall':
      return words.tooSmall(question.min ?? 0)
    case 'tooLarge':
      return words.tooLarge(question.max ?? 0)
    case 'date':
      return words.mustDate
    case 'text':
      return words.mustText
    case 'place':
      return question.fact.includes('hukou') ? words.mustChoose : words.mustPlace
    case 'item':
      return words.mustItem((item ?? 0) + 1)
  }
}
