import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Choices, Question } from '../../../parts/choice.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Skeleton } from '../../../parts/state.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatDay, formatInstant } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad, type Deed } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useLanguage, useMarks, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { ScreenProps } from '../../kinds.ts'
import type { Alert } from '../kinds.ts'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import { LevelTag } from './list.tsx'
import './screen.css'

type Step = Alert['next'][number]['step']
type Verdict = 'confirmed' | 'false' | 'duplicate' | 'alreadyHandled'
const verdicts: readonly Verdict[] = ['confirmed', 'false', 'duplicate', 'alreadyHandled']

export interface AlertViewProps {
  readonly one: Alert
  readonly act: (step: Step) => void
  readonly acting: Deed
  readonly verify: (verdict: Verdict, note: string) => void
  readonly verifying: Deed
}

/** One alert at the door: what to do first, why, on what it rests; taken, sent and verified here. */
export function AlertView({ one, act, acting, verify, verifying }: AlertViewProps) {
  const { alerts: words } = useGuideWords()
  const said = useSaid()
  const { colon } = useMarks()
  const language = useLanguage()
  const may = (step: Step) => one.next.find(n => n.step === step)
  const [take, assign, give] = [may('take'), may('assign'), may('giveBack')]
  const main = take ?? assign
  const when = one.clock.at && formatInstant(one.clock.at, language)
  return (
    <Page
      title={words.oneTitle}
      tabTitle={said(one.name)}
      onBack={() => goBack('/guide/alerts')}
      foot={
        main && (
          <Button kind="main" onClick={() => act(main.step)} busy={acting.busy}>
            {said(main.words)}
          </Button>
        )
      }
    >
      <header className="alert-head">
        <p className="case-row-marks">
          <LevelTag level={one.level} />
          <Tag tone="line">{said(one.stateWords)}</Tag>
        </p>
        <h1 tabIndex={-1}>{said(one.name)}</h1>
        <p className="second">
          {one.household && words.familyOf(one.household.head)}
          {one.person && ` · ${one.person.name}`} · {one.place.name}
        </p>
        <p className={one.clock.state === 'late' ? 'late' : 'second'}>
          {when && (one.clock.state === 'late' ? words.late(when) : words.by(when))}
          {one.holder && ` · ${one.mine ? words.yours : words.takenBy(one.holder)}`}
        </p>
      </header>
      {acting.problem && <Failed problem={acting.problem} />}
      {one.firstAction ? (
        <Notice>
          <p>
            {words.first}
            {colon}
            <b>{said(one.firstAction)}</b>
          </p>
        </Notice>
      ) : (
        <Notice>{words.callTownship}</Notice>
      )}
      {one.why.length > 0 && (
        <section className="section">
          <h2>{words.why}</h2>
          <ul className="card alert-why">
            {one.why.map(reason => (
              <li key={reason.zh}>
                <Icon name="check" className="strong" />
                <span>{said(reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {one.counted.length > 0 && (
        <section className="section">
          <h2>{words.counted}</h2>
          <ul className="card alert-why">
            {one.counted.map(other => (
              <li key={other.id}>
                <LevelTag level={other.level} />
                <span>
                  <a href={`#/guide/alert/${other.id}`}>{said(other.name)}</a>
                  <small className="alert-of">
                    {formatDay(other.occurredOn, language)} · {said(other.stateWords)}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {one.facts.length > 0 && (
        <section className="section">
          <h2>{words.facts}</h2>
          <ul className="card alert-why">
            {one.facts.map(fact => (
              <li key={`${fact.label.zh} ${fact.person ?? ''}`}>
                <span>
                  {said(fact.label)}
                  {colon}
                  <b>{said(fact.value)}</b>
                  <small className="alert-of">
                    {fact.origin} · {formatDay(fact.asOf, language)}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {one.task && (
        <p className="fine">{words.task(one.task.holder ?? words.nobody, formatDay(one.task.dueOn, language))}</p>
      )}
      {may('verify') && (
        <section className="section">
          <h2>{words.found}</h2>
          <VerifyForm verify={verify} verifying={verifying} />
        </section>
      )}
      {give && (
        <div className="actions">
          <Button kind="text" onClick={() => act('giveBack')} busy={acting.busy}>
            {said(give.words)}
          </Button>
        </div>
      )}
    </Page>
  )
}

function VerifyForm({ verify, verifying }: Pick<AlertViewProps, 'verify' | 'verifying'>) {
  const { alerts: words } = useGuideWords()
  const [verdict, setVerdict] = useState<Verdict>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = note.trim().length < 4
  return (
    <form
      className="alert-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (verdict && !short) verify(verdict, note.trim())
      }}
    >
      <Question small title={words.verdict}>
        <Choices
          name="verdict"
          options={verdicts.map(value => ({ value, label: words.verdicts[value] }))}
          chosen={verdict ? [verdict] : []}
          onChoose={([next]) => setVerdict(verdicts.find(v => v === next))}
        />
      </Question>
      <TextField
        label={words.note}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
        error={tried && short ? words.mustNote : undefined}
      />
      {tried && !verdict && <Notice tone="seal">{words.must}</Notice>}
      {verifying.problem && <Failed problem={verifying.problem} />}
      <Button submit wide busy={verifying.busy}>
        {words.save}
      </Button>
    </form>
  )
}

function OneAlert({ id }: { readonly id: string }) {
  const { alerts: words } = useGuideWords()
  const loaded = useLoad(`guide alert ${id}`, signal =>
    api('GET /alerts/:alertId', { params: { alertId: id }, signal }),
  )
  useLive(['alerts.moved'], happening => {
    if (happening.id === '' || happening.id === id) loaded.again()
  })
  const version = loaded.value?.version ?? 1
  const [act, acting] = useDeed(async (step: Step) => {
    const call = { params: { alertId: id }, body: { expectedVersion: version } }
    try {
      if (step === 'take') await api('POST /alerts/:alertId/take', call)
      else if (step === 'giveBack') await api('POST /alerts/:alertId/give-back', call)
      else await api('POST /alerts/:alertId/assign', call)
    } finally {
      loaded.again()
    }
  })
  const [verify, verifying] = useDeed(async (verdict: Verdict, note: string) => {
    try {
      await api('POST /alerts/:alertId/verify', {
        params: { alertId: id },
        body: { expectedVersion: version, verdict, note },
      })
    } finally {
      loaded.again()
    }
  })
  if (loaded.value)
    return <AlertView one={loaded.value} act={act} acting={acting} verify={verify} verifying={verifying} />
  return (
    <Page title={words.oneTitle} onBack={() => goBack('/guide/alerts')}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'card', 'card']} />
      )}
    </Page>
  )
}

export const AlertScreen = ({ params }: ScreenProps) => (
  <StaffOnly>{() => <OneAlert id={params['alertId'] ?? ''} />}</StaffOnly>
)
