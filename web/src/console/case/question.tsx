import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import type { Case } from './take-step.ts'
import { useCaseWords } from './words/index.ts'

/** What the family asked, until when it has to be answered, and the answer. */
export function FamilyQuestion({
  caseId,
  question,
  changed,
}: {
  readonly caseId: string
  readonly question: Case['questions'][number]
  readonly changed: () => void
}) {
  const words = useCaseWords()
  const language = useLanguage()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const short = text.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /cases/:caseId/questions/:questionId/answer', {
      params: { caseId, questionId: question.id },
      body: { answer: text.trim() },
    })
    changed()
  })
  const due = question.late
    ? words.answerLate
    : `${words.answerBy(formatDay(question.dueOn, language))} · ${words.townAnswers}`
  return (
    <li className="case-question">
      <p>
        <b>{question.text}</b>
      </p>
      <p className={question.late && !question.answer ? 'case-late' : 'second small'}>
        {words.askedAt(formatInstant(question.askedAt, language))}
        {!question.answer && ` · ${due}`}
      </p>
      {question.answer && (
        <p>
          <b>{words.answer}</b> {question.answer}
          {question.answeredAt && <span className="second small"> {formatInstant(question.answeredAt, language)}</span>}
        </p>
      )}
      {question.mayAnswer && !question.answer && (
        <form
          className="stack"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (!short) send()
          }}
        >
          <TextField
            label={words.answerLabel}
            value={text}
            onChange={setText}
            lines={3}
            maxLength={1000}
            error={tried && short ? words.mustAnswer : undefined}
          />
          {sending.problem && <Failed problem={sending.problem} again={send} />}
          <div>
            <Button submit busy={sending.busy}>
              {words.answerSend}
            </Button>
          </div>
        </form>
      )}
    </li>
  )
}
