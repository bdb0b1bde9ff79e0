import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Choices, Question } from '../../../parts/choice.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Fold } from '../../../parts/fold.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Amount } from '../../../parts/result.tsx'
import { Skeleton } from '../../../parts/state.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatDay, formatInstant, formatYuan } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad, type Deed } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useLanguage, useMarks, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { ScreenProps } from '../../kinds.ts'
import type { Finding } from '../kinds.ts'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import './screen.css'

type Outcome = Finding['outcomes'][number]['outcome']

export interface UnclaimedViewProps {
  readonly one: Finding
  readonly take: () => void
  readonly giveBack: () => void
  readonly taking: Deed
  readonly close: (outcome: Outcome, note: string) => void
  readonly closing: Deed
}

/** One family and one help: why it is theirs, what it is worth, how to apply; taken, noted and closed here. */
export function UnclaimedView({ one, take, giveBack, taking, close, closing }: UnclaimedViewProps) {
  const { unclaimed: words } = useGuideWords()
  const said = useSaid()
  const { colon } = useMarks()
  const language = useLanguage()
  const may = (step: Finding['steps'][number]['step']) => one.steps.find(s => s.step === step)
  const [mayTake, mayClose, mayGive] = [may('take'), may('close'), may('giveBack')]
  return (
    <Page
      title={words.oneTitle}
      tabTitle={said(one.policy.name)}
      onBack={() => goBack('/guide/unclaimed')}
      foot={
        mayTake && (
          <Button kind="main" onClick={take} busy={taking.busy}>
            {said(mayTake.words)}
          </Button>
        )
      }
    >
      <header className="unclaimed-head">
        <h1 tabIndex={-1}>{said(one.policy.name)}</h1>
        <p className="second">
          {words.familyOf(one.household.head)}
          {one.person && ` · ${words.forPerson(one.person.name)}`} · {one.place.name}
        </p>
        <p className="case-row-marks">
          <Tag tone={one.state === 'closed' ? 'hill' : 'river'}>{said(one.stateWords)}</Tag>
          {one.state === 'taken' && one.takenBy && (
            <span className="second small">{mayClose ? words.yours : words.takenBy(one.takenBy)}</span>
          )}
        </p>
        {one.amountAYear !== null && <Amount figure={words.aYear(formatYuan(one.amountAYear))} example={one.example} />}
      </header>
      {taking.problem && <Failed problem={taking.problem} />}
      {one.outcomeWords && (
        <Notice tone="hill">
          <p>
            {words.outcome}
            {colon}
            <b>{said(one.outcomeWords)}</b>
          </p>
          {one.note && <p>{one.note}</p>}
          {one.closedBy && one.closedAt && (
            <p className="mini">
              {one.closedBy} · {formatInstant(one.closedAt, language)}
            </p>
          )}
        </Notice>
      )}
      {one.goneOn && (
        <Notice tone="ochre">
          <p>{words.gone(formatDay(one.goneOn, language))}</p>
        </Notice>
      )}
      {one.conditionalOn && (
        <Notice tone="ochre">
          <p>{words.hangsOn(words.tiers[one.conditionalOn] ?? '')}</p>
        </Notice>
      )}
      <section className="section">
        <h2>{words.why}</h2>
        <ul className="card unclaimed-why">
          {one.because.map(reason => (
            <li key={reason.words.zh}>
              <Icon name={reason.holds ? 'check' : 'question'} className="strong" />
              <span>{said(reason.words)}</span>
            </li>
          ))}
          {one.because.length === 0 && <li>{words.noWhy}</li>}
        </ul>
      </section>
      <section className="section">
        <h2>{words.help}</h2>
        <div className="card unclaimed-help">
          <p>{said(one.benefit)}</p>
          <p>{said(one.apply)}</p>
          <Fold title={words.papers(one.materials.length)} icon="paper" plain>
            {one.materials.length === 0 ? (
              <p>{words.noPapers}</p>
            ) : (
              <ul className="unclaimed-papers">
                {one.materials.map(paper => (
                  <li key={paper.zh}>{said(paper)}</li>
                ))}
              </ul>
            )}
          </Fold>
        </div>
        <p className="fine">{words.notSure}</p>
      </section>
      {mayClose && (
        <section className="section">
          <h2>{words.note}</h2>
          <CloseForm one={one} close={close} closing={closing} />
        </section>
      )}
      {mayGive && (
        <div className="actions">
          <Button kind="text" onClick={giveBack} busy={taking.busy}>
            {said(mayGive.words)}
          </Button>
        </div>
      )}
    </Page>
  )
}

function CloseForm({ one, close, closing }: Pick<UnclaimedViewProps, 'one' | 'close' | 'closing'>) {
  const { unclaimed: words } = useGuideWords()
  const said = useSaid()
  const [outcome, setOutcome] = useState<Outcome>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      className="unclaimed-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (outcome) close(outcome, note.trim())
      }}
    >
      <Question small title={words.how}>
        <Choices
          name="outcome"
          options={one.outcomes.map(o => ({ value: o.outcome, label: said(o.words) }))}
          chosen={outcome ? [outcome] : []}
          onChoose={([next]) => setOutcome(one.outcomes.find(o => o.outcome === next)?.outcome)}
        />
      </Question>
      <TextField
        label={words.noteLabel}
        hint={words.noteHint}
        lines={3}
        maxLength={1000}
        optional
        value={note}
        onChange={setNote}
      />
      {tried && !outcome && (
        <Notice tone="seal" said>
          <p>{words.must}</p>
        </Notice>
      )}
      {closing.problem && <Failed problem={closing.problem} />}
      <Button kind="main" wide submit busy={closing.busy} busyWords={words.saving}>
        {words.save}
      </Button>
    </form>
  )
}

function OpenUnclaimed({ findingId }: { readonly findingId: string }) {
  const { unclaimed: words } = useGuideWords()
  const params = { findingId }
  const loaded = useLoad(`finding ${findingId}`, signal =>
    api('GET /entitlements/findings/:findingId', { params, signal }),
  )
  useLive(['entitlements.moved'], happening => {
    if (happening.id === '' || happening.id === findingId) loaded.again()
  })
  const one = loaded.value
  const body = one ? { expectedVersion: one.version } : {}
  const [step, stepping] = useDeed(async (which: 'take' | 'give-back') => {
    try {
      if (which === 'take') await api('POST /entitlements/findings/:findingId/take', { params, body })
      else await api('POST /entitlements/findings/:findingId/give-back', { params, body })
    } finally {
      // Taken, or taken by somebody quicker: the page shows how it stands.
      loaded.again()
    }
  })
  const [close, closing] = useDeed(async (outcome: Outcome, note: string) => {
    try {
      await api('POST /entitlements/findings/:findingId/close', {
        params,
        body: { ...body, outcome, ...(note ? { note } : {}) },
      })
    } finally {
      loaded.again()
    }
  })
  if (one)
    return (
      <UnclaimedView
        one={one}
        take={() => step('take')}
        giveBack={() => step('give-back')}
        taking={stepping}
        close={close}
        closing={closing}
      />
    )
  return (
    <Page title={words.oneTitle} onBack={() => goBack('/guide/unclaimed')}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'card', 'card']} />
      )}
    </Page>
  )
}

export const UnclaimedScreen = ({ params }: ScreenProps) => (
  <StaffOnly>{() => <OpenUnclaimed findingId={params['findingId'] ?? ''} />}</StaffOnly>
)
