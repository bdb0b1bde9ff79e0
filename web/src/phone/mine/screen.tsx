import { useState } from 'react'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Skeleton } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Undo } from '../../parts/undo.tsx'
import { api } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { go } from '../../platform/place.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import type { MyCase, ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { MyNeedsLink } from '../needs/link.tsx'
import { MyTrackLink } from '../track/link.tsx'
import { useWords } from '../words/index.ts'
import './screen.css'

const takeBackMs = 10 * 60_000

export interface MineViewProps {
  readonly cases: readonly MyCase[]
  /** One of them, by its address. */
  readonly only: string | undefined
  readonly changed: () => void
}

/** 我的事: each thing with where it stands, the next step, and the ways to take it back, ask and complain. */
export function MineView({ cases, only, changed }: MineViewProps) {
  const { mine } = useWords()
  const shown = only ? cases.filter(one => one.id === only) : cases
  return (
    <Page title={mine.title} {...(only ? { onBack: () => go('/mine') } : {})} nav={<Nav />}>
      {!only && (
        <div className="my-others">
          <MyNeedsLink />
          <MyTrackLink />
        </div>
      )}
      {shown.length === 0 ? (
        <Empty
          whole
          title={mine.empty}
          act={
            <ButtonLink kind="main" to="#/">
              {mine.emptyAct}
            </ButtonLink>
          }
        >
          {mine.emptyText}
        </Empty>
      ) : (
        <>
          <h1 tabIndex={-1}>{mine.headline}</h1>
          <div className="my-cases">
            {shown.map(one => (
              <MyCaseCard key={one.id} mine={one} changed={changed} />
            ))}
          </div>
        </>
      )}
    </Page>
  )
}

function MyCaseCard({ mine: one, changed }: { readonly mine: MyCase; readonly changed: () => void }) {
  const { list } = useMarks()
  const { mine } = useWords()
  const said = useSaid()
  const language = useLanguage()
  const [takeBack, takingBack] = useDeed(async () => {
    await api('DELETE /submissions/:submissionId', { params: { submissionId: one.submission } })
    changed()
  })
  const gone = one.state === 'withdrawn'
  return (
    <section className="card my-case" aria-label={said(one.sentence)}>
      <p className="mini second">{mine.handedIn(formatInstant(one.handedInAt, language))}</p>
      <h2>{said(one.sentence)}</h2>
      {one.nextBy && !gone && <p className="second">{mine.nextBy(formatDay(one.nextBy, language))}</p>}
      {!one.consentGiven && <Notice tone="ochre">{mine.consentOut}</Notice>}
      {one.outcome && (
        <Notice tone="hill">
          <p>{said(one.outcome)}</p>
        </Notice>
      )}
      {one.canTakeBackUntil && one.state === 'new' && (
        <>
          {takingBack.problem && <Failed problem={takingBack.problem} again={takeBack} />}
          <Undo until={new Date(one.canTakeBackUntil)} wholeMs={takeBackMs} onUndo={takeBack} busy={takingBack.busy}>
            {mine.undo}
          </Undo>
        </>
      )}
      {one.wants.length > 0 && (
        <p>
          <span className="second">{mine.wants} </span>
          {one.wants.map(said).join(list)}
        </p>
      )}
      <Steps
        label={mine.steps}
        steps={one.steps.map((step, i) => ({
          title: said(step.words),
          state: i === one.steps.length - 1 && !one.outcome && !gone ? 'now' : 'done',
          note: `${formatDay(step.on, language)} · ${said(step.office)}`,
        }))}
      />
      {one.questions.map(question => (
        <div key={question.id} className="my-question">
          <p className="mini second">
            {mine.asked} · {formatInstant(question.askedAt, language)}
          </p>
          <p>{question.text}</p>
          {question.answer ? (
            <>
              <p className="mini second">{mine.answered}</p>
              <p>{question.answer}</p>
            </>
          ) : (
            <p className="second">{mine.waiting(formatDay(question.dueOn, language))}</p>
          )}
        </div>
      ))}
      {one.mayAsk && <AskForm caseId={one.id} changed={changed} />}
      <p className="my-ways">
        {one.screening && <a href={`#/result/${one.screening}`}>{mine.seeResult}</a>}
        {one.screening && one.consentGiven && !gone && <a href={`#/held/${one.screening}`}>{mine.withdraw}</a>}
      </p>
    </section>
  )
}

function AskForm({ caseId, changed }: { readonly caseId: string; readonly changed: () => void }) {
  const { mine } = useWords()
  const language = useLanguage()
  const [text, setText] = useState('')
  const [empty, setEmpty] = useState(false)
  const [done, setDone] = useState<string>()
  const [send, sending] = useDeed(async () => {
    const { dueOn } = await api('POST /my/cases/:caseId/questions', { params: { caseId }, body: { text: text.trim() } })
    setDone(dueOn)
    setText('')
    changed()
  })
  return (
    <Fold title={mine.ask} icon="question" plain>
      {done && (
        <Notice tone="hill" said>
          <p>{mine.askDone(formatDay(done, language))}</p>
        </Notice>
      )}
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setEmpty(text.trim().length < 2)
          if (text.trim().length >= 2) send()
        }}
      >
        <TextField
          label={mine.askLabel}
          hint={mine.askHint}
          value={text}
          onChange={setText}
          lines={3}
          maxLength={500}
          error={empty ? mine.askEmpty : undefined}
        />
        {sending.problem && <Failed problem={sending.problem} again={send} />}
        <p className="my-ask-send">
          <Button submit busy={sending.busy}>
            {mine.askSend}
          </Button>
        </p>
      </form>
    </Fold>
  )
}

export function MineScreen({ params }: ScreenProps) {
  const { mine } = useWords()
  const session = useSession()
  const loaded = useLoad(session.state === 'known' ? 'my cases' : undefined, signal => api('GET /my/cases', { signal }))
  useLive(['outreach.'], loaded.again)
  if (loaded.value) return <MineView cases={loaded.value.items} only={params['caseId']} changed={loaded.again} />
  if (session.state === 'nobody') return <MineView cases={[]} only={undefined} changed={loaded.again} />
  return (
    <Page title={mine.title} nav={<Nav />}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'tall', 'tall']} />
      )}
    </Page>
  )
}
