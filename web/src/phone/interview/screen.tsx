import { useState } from 'react'
import { Skeleton } from '../../parts/state.tsx'
import { Page } from '../../parts/page.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { go, goBack } from '../../platform/place.ts'
import { useSession } from '../../platform/session.ts'
import { Failed } from '../failed.tsx'
import type { Interview, ScreenProps } from '../kinds.ts'
import type { Person } from '../roster/people.ts'
import { RosterView } from '../roster/screen.tsx'
import { useWords } from '../words/index.ts'
import type { Answer } from './answer.ts'
import { AnswersView } from './answers.tsx'
import { EndView } from './end.tsx'
import { change, keepInterview, useInterview } from './interviews.ts'
import { ListView } from './list.tsx'
import { QuestionView } from './question.tsx'

/** One interview at its address: the roster, the questions one by one, the list in words, what was answered, the end. */
export function InterviewScreen({ params }: ScreenProps) {
  const { interview: words } = useWords()
  const { interview, problem, again } = useInterview(params['interviewId'] ?? '')
  const session = useSession()
  const home = session.state === 'known' && session.role !== 'resident' ? '/guide' : '/'
  if (!interview)
    return (
      <Page title={words.title} onBack={() => go(home)}>
        {problem ? (
          <Failed problem={problem} again={again} />
        ) : (
          <Skeleton shape={['tall', 'title', 'card', 'card', 'card']} />
        )}
      </Page>
    )
  return <Open interview={interview} view={params['view']} home={home} />
}

function Open({
  interview,
  view,
  home,
}: {
  readonly interview: Interview
  readonly view: string | undefined
  readonly home: string
}) {
  const here = `/ask/${interview.id}`
  const params = { interviewId: interview.id }
  const [asked, setAsked] = useState(0)
  const texts = useLoad(view === 'roster' || interview.next?.kind === 'roster' ? 'consent texts' : undefined, signal =>
    api('GET /consents/texts', { signal }),
  )
  const leave = () => go(home)
  const next = () => {
    setAsked(asked + 1)
    if (view) go(here)
  }

  const [answer, answering] = useDeed(async (given: Answer) => {
    await change(
      expectedVersion =>
        api('PUT /interviews/:interviewId/answers', { params, body: { expectedVersion, answers: [given] } }),
      interview,
    )
    next()
  })
  const [back, goingBack] = useDeed(async (to?: string) => {
    await change(
      expectedVersion =>
        api('POST /interviews/:interviewId/back', { params, body: { expectedVersion, ...(to ? { to } : {}) } }),
      interview,
    )
    next()
  })
  const [sendRoster, sendingRoster] = useDeed(async (members: readonly Person[], useRegistry: boolean) => {
    const textVersion = texts.value?.items.find(one => one.kind === 'useRegistry')?.textVersion
    const first = interview.next?.kind === 'roster'
    // Agreed to before the list is given, what is known of each of them comes too.
    const agreed =
      useRegistry && textVersion && (first || !interview.consent.useRegistry)
        ? await api('PUT /interviews/:interviewId/consent', { params, body: { kind: 'useRegistry', textVersion } })
        : interview
    await change(
      expectedVersion => api('POST /interviews/:interviewId/members', { params, body: { expectedVersion, members } }),
      agreed,
    )
    if (!useRegistry && interview.consent.useRegistry)
      keepInterview(await api('DELETE /interviews/:interviewId/consent', { params }))
    next()
  })
  const [goOn, goingOn] = useDeed(async () => {
    await change(
      expectedVersion =>
        api('PUT /interviews/:interviewId/depth', { params, body: { expectedVersion, depth: 'everything' } }),
      interview,
    )
    next()
  })
  const [finish, finishing] = useDeed(async () => {
    const { screening } = await api('POST /interviews/:interviewId/finish', {
      params,
      body: { expectedVersion: interview.version },
    })
    keepInterview(undefined)
    go(`/result/${screening}`, { replace: true })
  })
  const [clear, clearing] = useDeed(async () => {
    await api('DELETE /interviews/:interviewId', { params })
    keepInterview(undefined)
    go(home, { replace: true })
  })

  if (interview.state === 'finished' && interview.screening) {
    go(`/result/${interview.screening}`, { replace: true })
    return null
  }
  const roster = view === 'roster' || interview.next?.kind === 'roster' || interview.members.length === 0
  if (roster)
    return (
      <RosterView
        interview={interview}
        send={sendRoster}
        sending={sendingRoster}
        leave={view === 'roster' ? () => goBack(here) : leave}
        registryText={
          interview.onBehalfOf?.household ? texts.value?.items.find(one => one.kind === 'useRegistry')?.text : undefined
        }
        thisYear={Number(interview.on.slice(0, 4))}
      />
    )
  if (view === 'list') return <ListView interview={interview} close={() => goBack(here)} />
  if (view === 'answers')
    return (
      <AnswersView
        interview={interview}
        close={() => goBack(here)}
        back={back}
        goingBack={goingBack}
        finish={finish}
        finishing={finishing}
        clear={clear}
        clearing={clearing}
      />
    )
  if (!interview.next)
    return (
      <EndView
        interview={interview}
        finish={finish}
        finishing={finishing}
        back={back}
        goingBack={goingBack}
        leave={leave}
        goOn={goOn}
        goingOn={goingOn}
      />
    )
  return (
    <QuestionView
      key={`${interview.next.key} ${String(asked)} ${String(interview.version)}`}
      interview={interview}
      question={interview.next}
      answer={answer}
      answering={answering}
      back={back}
      goingBack={goingBack}
      leave={leave}
      asked={asked}
    />
  )
}
