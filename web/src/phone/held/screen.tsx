import { type ReactNode, useState } from 'react'
import { ButtonLink } from '../../parts/button.tsx'
import { MiniResult } from '../../parts/result.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { go } from '../../platform/place.ts'
import { signOut, useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { keepInterview } from '../interview/interviews.ts'
import type { ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { forgetScreenings } from '../results/use-screening.ts'
import { Sure } from '../sure.tsx'
import { KeptFromPartners } from './kept.tsx'
import { useWords } from '../words/index.ts'

type Open = Result<'GET /interviews'>['items'][number]
type Kept = Result<'GET /screenings'>['items'][number]

export interface HeldViewProps {
  readonly open: readonly Open[]
  readonly results: readonly Kept[]
  readonly signedIn: boolean
  /** Whether other systems may hear of the family. */
  readonly kept?: ReactNode
  readonly changed: () => void
}

/** What is kept about the person at this phone, and the way to see, withdraw and clear each of it. */
export function HeldView({ open, results, signedIn, kept, changed }: HeldViewProps) {
  const { held } = useWords()
  const language = useLanguage()
  const [leave, leaving] = useDeed(async () => {
    await signOut()
    keepInterview(undefined)
    forgetScreenings()
    go('/')
  })
  return (
    <Page title={held.title} nav={<Nav />}>
      <h1 tabIndex={-1}>{held.headline}</h1>
      <p className="lead">{held.lead}</p>
      {open.length + results.length === 0 && <Empty title={held.none}>{held.noneText}</Empty>}
      {open.length > 0 && (
        <section className="section">
          <h2>{held.interviews}</h2>
          <div className="stack">
            {open.map(one => (
              <OpenCard key={one.id} interview={one} changed={changed} />
            ))}
          </div>
        </section>
      )}
      {results.length > 0 && (
        <section className="section">
          <h2>{held.results}</h2>
          <div className="stack">
            {results.map(one => (
              <MiniResult
                key={one.id}
                to={`#/held/${one.id}`}
                name={formatDay(one.on, language)}
                note={held.counts(one.canApply, one.almost)}
              />
            ))}
          </div>
        </section>
      )}
      {kept}
      <section className="section">
        <h2>{held.device}</h2>
        <p className="second">{held.deviceText}</p>
        {leaving.problem && <Failed problem={leaving.problem} again={leave} />}
        {signedIn && (
          <Sure
            kind="framed"
            sentence={held.signOutText}
            yes={held.signOut}
            no={held.withdrawNo}
            onYes={leave}
            busy={leaving.busy}
          >
            {held.signOut}
          </Sure>
        )}
      </section>
      <section className="section">
        <h2>{held.rights}</h2>
        <p className="second">{held.rightsText}</p>
      </section>
    </Page>
  )
}

function OpenCard({ interview, changed }: { readonly interview: Open; readonly changed: () => void }) {
  const { held } = useWords()
  const language = useLanguage()
  const [clear, clearing] = useDeed(async () => {
    await api('DELETE /interviews/:interviewId', { params: { interviewId: interview.id } })
    keepInterview(undefined)
    changed()
  })
  return (
    <div className="card stack">
      <p>
        {formatInstant(interview.changedAt, language)} · {held.answered(interview.answered)}
      </p>
      {clearing.problem && <Failed problem={clearing.problem} again={clear} />}
      <div className="row">
        <ButtonLink to={`#/ask/${interview.id}`}>{held.goOn}</ButtonLink>
        <Sure sentence={held.clearSure} yes={held.clear} no={held.withdrawNo} onYes={clear} busy={clearing.busy}>
          {held.clear}
        </Sure>
      </div>
    </div>
  )
}

export function HeldScreen() {
  const { held } = useWords()
  const session = useSession()
  const known = session.state === 'known'
  const interviews = useLoad(known ? 'interviews' : undefined, signal => api('GET /interviews', { signal }))
  const results = useLoad(known ? 'screenings' : undefined, signal => api('GET /screenings', { signal }))
  const problem = interviews.problem ?? results.problem
  const again = () => {
    interviews.again()
    results.again()
  }
  if (session.state === 'nobody') return <HeldView open={[]} results={[]} signedIn={false} changed={again} />
  if (interviews.value && results.value)
    return (
      <HeldView
        open={interviews.value.items.filter(one => one.state === 'open')}
        results={results.value.items}
        signedIn
        kept={<KeptFromPartners />}
        changed={again}
      />
    )
  return (
    <Page title={held.title} nav={<Nav />}>
      {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'line', 'card', 'card']} />}
    </Page>
  )
}

type Consents = Result<'GET /screenings/:screeningId'>['consents']

/** What was agreed to for one result, in the words that were agreed to. */
export function HeldOneView({
  screeningId,
  on,
  consents,
  changed,
}: {
  readonly screeningId: string
  readonly on: string
  readonly consents: Consents
  readonly changed: () => void
}) {
  const { held } = useWords()
  const language = useLanguage()
  const [done, setDone] = useState(false)
  const [withdraw, withdrawing] = useDeed(async (kind: Consents[number]['kind']) => {
    await api('DELETE /screenings/:screeningId/consent', { params: { screeningId }, query: { kind } })
    forgetScreenings()
    setDone(true)
    changed()
  })
  return (
    <Page title={held.title} onBack={() => go('/held')} nav={<Nav />}>
      <h1 tabIndex={-1}>{formatDay(on, language)}</h1>
      <p className="row">
        <ButtonLink to={`#/result/${screeningId}`}>{held.see}</ButtonLink>
      </p>
      {done && (
        <Notice tone="hill" said>
          <p>{held.withdrawn}</p>
        </Notice>
      )}
      {withdrawing.problem && <Failed problem={withdrawing.problem} />}
      <section className="section">
        <h2>{held.consents}</h2>
        <div className="stack">
          {consents.length === 0 && <p className="second">{held.notGiven}</p>}
          {consents.map(consent => (
            <div className="card stack" key={consent.kind}>
              <h3>{held.kinds[consent.kind]}</h3>
              <p className="second">{language === 'zh' ? consent.text.zh : consent.text.en}</p>
              <p className="mini second">
                {consent.withdrawnAt
                  ? held.withdrawnAt(formatInstant(consent.withdrawnAt, language))
                  : consent.givenAt
                    ? held.given(formatInstant(consent.givenAt, language))
                    : held.notGiven}
              </p>
              {consent.given && (
                <Sure
                  kind="framed"
                  sentence={held.withdrawSure}
                  yes={held.withdrawYes}
                  no={held.withdrawNo}
                  onYes={() => withdraw(consent.kind)}
                  busy={withdrawing.busy}
                >
                  {held.withdraw}
                </Sure>
              )}
            </div>
          ))}
        </div>
      </section>
    </Page>
  )
}

export function HeldOneScreen({ params }: ScreenProps) {
  const { held } = useWords()
  const screeningId = params['screeningId'] ?? ''
  const { value, problem, again } = useLoad(`consents ${screeningId}`, signal =>
    api('GET /screenings/:screeningId', { params: { screeningId }, signal }),
  )
  if (value) return <HeldOneView screeningId={screeningId} on={value.on} consents={value.consents} changed={again} />
  return (
    <Page title={held.title} onBack={() => go('/held')} nav={<Nav />}>
      {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'card', 'card']} />}
    </Page>
  )
}
