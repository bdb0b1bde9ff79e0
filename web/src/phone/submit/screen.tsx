import { useState } from 'react'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Choices } from '../../parts/choice.tsx'
import { ErrorSummary } from '../../parts/errors.tsx'
import { TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { Undo } from '../../parts/undo.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad, type Deed } from '../../platform/load.ts'
import { go, goBack } from '../../platform/place.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import { Calm } from '../interview/calm.tsx'
import type { Screening, ScreenProps } from '../kinds.ts'
import { PlaceField } from '../place-field.tsx'
import { linesOf } from '../results/lines.ts'
import { useScreening } from '../results/use-screening.ts'
import { useWords } from '../words/index.ts'
import { readHandIn, type HandIn, type WrongHandIn } from './hand-in.ts'
import './screen.css'

type Submitted = Result<'POST /screenings/:screeningId/submission'>

const takeBackMs = 10 * 60_000

export interface SubmitViewProps {
  readonly screening: Screening
  readonly send: (handIn: HandIn) => void
  readonly sending: Deed
  readonly leave: () => void
}

/** How to reach the family, what they want, and their yes. */
export function SubmitView({ screening, send, sending, leave }: SubmitViewProps) {
  const { submit } = useWords()
  const said = useSaid()
  const fitting = linesOf(screening, 'canApply')
  const ids = [...new Set(fitting.map(one => one.line.id))]
  const consent = screening.consents.find(one => one.kind === 'tellGuide')
  const [name, setName] = useState(screening.onBehalfOf?.name ?? '')
  const [phone, setPhone] = useState('')
  const [village, setVillage] = useState(screening.village?.code ?? '')
  const [wants, setWants] = useState<readonly string[]>(ids)
  const [needs, setNeeds] = useState<readonly string[]>([])
  const [note, setNote] = useState('')
  const [agreed, setAgreed] = useState(consent?.given ?? false)
  const [wrong, setWrong] = useState<readonly WrongHandIn[]>([])
  const sentences: Record<WrongHandIn, string> = {
    name: submit.mustName,
    phone: submit.wrongPhone,
    village: submit.mustVillage,
    agreed: submit.mustAgree,
  }
  const errorOf = (field: WrongHandIn) => (wrong.includes(field) ? sentences[field] : undefined)
  const handIn = () => {
    const read = readHandIn({
      name,
      phone,
      village,
      wants: wants.length === ids.length ? undefined : wants,
      needs,
      note,
      agreed,
    })
    if ('wrong' in read) setWrong(read.wrong)
    else {
      setWrong([])
      send(read.handIn)
    }
  }
  return (
    <Page
      title={submit.title}
      onBack={leave}
      banner={<Behalf who={screening.onBehalfOf} />}
      foot={
        <Button kind="main" onClick={handIn} busy={sending.busy} busyWords={submit.sending}>
          {submit.send}
        </Button>
      }
    >
      <h1 tabIndex={-1}>{submit.question}</h1>
      <p className="lead">{submit.lead}</p>
      <form
        className="submit-form"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          handIn()
        }}
      >
        <ErrorSummary
          errors={wrong.map(field => ({
            id: field === 'village' ? 'village' : `submit-${field}`,
            words: sentences[field],
          }))}
        />
        <TextField
          id="submit-name"
          label={submit.name}
          hint={submit.nameHint}
          value={name}
          onChange={setName}
          maxLength={30}
          autoComplete="name"
          error={errorOf('name')}
        />
        <TextField
          id="submit-phone"
          label={submit.phone}
          hint={submit.phoneHint}
          optional
          kind="tel"
          inputMode="tel"
          value={phone}
          onChange={setPhone}
          maxLength={30}
          autoComplete="tel"
          error={errorOf('phone')}
        />
        {screening.village ? (
          <div className="field">
            <span className="field-label">{submit.village}</span>
            <p>{screening.village.name}</p>
          </div>
        ) : (
          <fieldset className="field">
            <legend className="field-label">{submit.village}</legend>
            <PlaceField value={village} onChange={setVillage} error={errorOf('village')} />
          </fieldset>
        )}
        {fitting.length > 1 && (
          <Fold title={`${submit.wants} (${wants.length})`} plain>
            <p className="second">{submit.wantsHint}</p>
            <Choices
              name="wants"
              many
              options={fitting
                .filter((one, i) => fitting.findIndex(other => other.line.id === one.line.id) === i)
                .map(({ line }) => ({ value: line.id, label: said(line.name) }))}
              chosen={wants}
              onChoose={setWants}
            />
          </Fold>
        )}
        {screening.needs && (
          <Fold title={needs.length > 0 ? `${submit.needs} (${needs.length})` : submit.needs} plain>
            <p className="second">{submit.needsHint}</p>
            <Choices
              name="needs"
              many
              options={screening.needs.options.map(({ value, label }) => ({ value, label: said(label) }))}
              chosen={needs}
              onChoose={setNeeds}
            />
          </Fold>
        )}
        <TextField
          label={submit.note}
          hint={submit.noteHint}
          optional
          value={note}
          onChange={setNote}
          lines={3}
          maxLength={300}
        />
        <section className="submit-consent" aria-labelledby="consent-title">
          <h2 id="consent-title">{submit.consentTitle}</h2>
          {consent && <p className="second">{said(consent.text)}</p>}
          <div id="submit-agreed" tabIndex={-1}>
            <Choices
              name="agreed"
              many
              options={[{ value: 'yes', label: submit.agree, help: submit.agreeHelp }]}
              chosen={agreed ? ['yes'] : []}
              onChoose={chosen => setAgreed(chosen.length > 0)}
            />
          </div>
        </section>
        <button type="submit" hidden />
      </form>
      {sending.problem && <Failed problem={sending.problem} again={handIn} />}
    </Page>
  )
}

export interface DoneViewProps {
  readonly submitted: Submitted
  readonly takenBack: boolean
  readonly takeBack: () => void
  readonly takingBack: Deed
  readonly result: string
  readonly progress: string
}

/** 已交。10 分钟内可以撤回: on the spot. */
export function DoneView({ submitted, takenBack, takeBack, takingBack, result, progress }: DoneViewProps) {
  const { submit } = useWords()
  const said = useSaid()
  return (
    <Page
      title={submit.title}
      tabTitle={submit.doneTitle}
      onBack={() => go(result)}
      backName={submit.back}
      turn={takenBack ? 'back' : 'done'}
      foot={
        <ButtonLink kind="main" to={`#${takenBack ? result : progress}`}>
          {takenBack ? submit.back : submit.toMine}
        </ButtonLink>
      }
    >
      {takenBack ? (
        <h1 tabIndex={-1}>{submit.takenBack}</h1>
      ) : (
        <>
          <Notice tone="hill" said>
            <h1 tabIndex={-1} className="done-title">
              {submit.doneTitle}
            </h1>
            <p>{said(submitted.toldTo)}</p>
          </Notice>
          {submitted.calm && <Calm calm={submitted.calm} />}
          <p className="done-next">{submit.doneNext}</p>
          {takingBack.problem && <Failed problem={takingBack.problem} again={takeBack} />}
          <div className="card">
            <Undo
              until={new Date(submitted.canTakeBackUntil)}
              wholeMs={takeBackMs}
              onUndo={takeBack}
              busy={takingBack.busy}
            >
              {submit.undoTitle}
            </Undo>
          </div>
        </>
      )}
    </Page>
  )
}

export function SubmitScreen({ params }: ScreenProps) {
  const { submit } = useWords()
  const screeningId = params['screeningId'] ?? ''
  const result = `/result/${screeningId}`
  const session = useSession()
  const staff = session.state === 'known' && session.role !== 'resident'
  const { value, problem, again } = useScreening(screeningId)
  const texts = useLoad('consent texts', signal => api('GET /consents/texts', { signal }))
  const [submitted, setSubmitted] = useState<Submitted>()
  const [takenBack, setTakenBack] = useState(false)
  const [send, sending] = useDeed(async (handIn: HandIn) => {
    const textVersion =
      texts.value?.items.find(one => one.kind === 'tellGuide')?.textVersion ??
      value?.consents.find(one => one.kind === 'tellGuide')?.textVersion ??
      ''
    await api('PUT /screenings/:screeningId/consent', {
      params: { screeningId },
      body: { kind: 'tellGuide', textVersion },
    })
    setSubmitted(await api('POST /screenings/:screeningId/submission', { params: { screeningId }, body: handIn }))
  })
  const [takeBack, takingBack] = useDeed(async () => {
    if (!submitted) return
    await api('DELETE /submissions/:submissionId', { params: { submissionId: submitted.id } })
    setTakenBack(true)
  })
  if (submitted)
    return (
      <DoneView
        submitted={submitted}
        takenBack={takenBack}
        takeBack={takeBack}
        takingBack={takingBack}
        result={result}
        progress={staff ? `/guide/case/${submitted.case}` : `/mine/${submitted.case}`}
      />
    )
  if (!value)
    return (
      <Page title={submit.title} onBack={() => go(result)}>
        {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'line', 'card', 'card']} />}
      </Page>
    )
  return (
    <SubmitView screening={withTexts(value, texts.value)} send={send} sending={sending} leave={() => goBack(result)} />
  )
}

/** A result that nobody agreed to yet has no consent line of its own: the text comes from the list. */
function withTexts(screening: Screening, texts: Result<'GET /consents/texts'> | undefined): Screening {
  const text = texts?.items.find(one => one.kind === 'tellGuide')
  if (!text || screening.consents.some(one => one.kind === 'tellGuide')) return screening
  return {
    ...screening,
    consents: [...screening.consents, { ...text, given: false, givenAt: null, withdrawnAt: null }],
  }
}
