import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatDay } from '../../../platform/format.ts'
import { useLive, useLiveConnected } from '../../../platform/live.ts'
import { useDeed, useLoad, type Loaded } from '../../../platform/load.ts'
import { go } from '../../../platform/place.ts'
import { actAs, setWorkPhone, signOut } from '../../../platform/session.ts'
import { useLanguage, useMarks, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import { keepInterview } from '../../interview/interviews.ts'
import { forgetScreenings } from '../../results/use-screening.ts'
import { Sure } from '../../sure.tsx'
import { emptyVault, useUnsent } from '../visits/keeper.ts'
import { useDutyWords } from '../duties/words/index.ts'
import { useVisitWords } from '../visits/words/index.ts'
import { useVillages } from '../../villages.ts'
import { CaseRow } from '../case-row.tsx'
import type { Mine, Today } from '../kinds.ts'
import { GuideNav } from '../nav.tsx'
import { StaffOnly, type StaffSession } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import { useNews } from './use-news.ts'
import './screen.css'

export interface TodayViewProps {
  readonly today: Today
  readonly session: StaffSession
  readonly fresh: readonly string[]
  readonly seen: () => void
  readonly connected: boolean
  /** Households of the village that miss help; undefined while it is not known, or not for who asks. */
  readonly unclaimed: number | undefined
  /** Open alerts, the red ones among them. */
  readonly alerts?: { readonly all: number; readonly red: number } | undefined
  /** Pieces of the four duties of who asks; undefined while they are not known. */
  readonly duties?: { readonly done: number; readonly open: number } | undefined
  /** Being away, standing in, and villages that came or went. */
  readonly network?: Mine | undefined
  readonly loaded: Pick<Loaded<Today>, 'problem' | 'again' | 'at'>
}

/** One sentence, the next three, what came in, what is due. */
export function TodayView(props: TodayViewProps) {
  const { today, session, fresh, seen, connected, unclaimed = 0, alerts, duties, network, loaded } = props
  const { today: words } = useGuideWords()
  const said = useSaid()
  const { list } = useMarks()
  const language = useLanguage()
  const freshOnes = today.cameIn.filter(line => fresh.includes(line.id))
  const { counts } = today
  const numbers = [
    [words.counts.newToday, counts.newToday],
    [words.counts.open, counts.open],
    [words.counts.late, counts.late],
    [words.counts.questions, counts.questions],
  ] as const
  return (
    <Page title={words.title} nav={<GuideNav />}>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      <div role="status" className="today-news">
        {freshOnes.length > 0 && (
          <Notice
            icon="bell"
            act={
              <Button
                kind="main"
                onClick={() => {
                  seen()
                  go(`/guide/case/${freshOnes[0]?.id ?? ''}`)
                }}
              >
                {words.look}
              </Button>
            }
          >
            <p>
              <b>{words.newCase(freshOnes.length)}</b>{' '}
              {freshOnes.map(line => `${line.name} · ${line.village.name}`).join(list)}
            </p>
          </Notice>
        )}
      </div>
      <p className="today-hello">{words.me(session.name)}</p>
      <h1 tabIndex={-1} className="inscription today-sentence">
        {said(today.sentence)}
      </h1>
      <ul className="today-numbers">
        {numbers.map(([word, count]) => (
          <li key={word} className={word === words.counts.late && count > 0 ? 'late' : ''}>
            <b>{count}</b>
            {word}
          </li>
        ))}
      </ul>
      {network && <WhoServes mine={network} />}
      {counts.protectedOpen > 0 && (
        <Notice tone="seal">
          <p>{words.protected(counts.protectedOpen)}</p>
        </Notice>
      )}
      {today.nextThree.length > 0 && (
        <section className="section" aria-labelledby="next-three">
          <h2 id="next-three">{words.next}</h2>
          <ol className="next-three card tight">
            {today.nextThree.map((one, i) => (
              <li key={`${one.case} ${one.step ?? ''}`}>
                <span className="next-ordinal inscription" aria-hidden="true">
                  {i + 1}
                </span>
                <a href={`#/guide/case/${one.case}`}>
                  <b>{said(one.words)}</b>
                  <small className={one.late ? 'late' : ''}>
                    {one.late && <Icon name="warning" />}
                    {said(one.consequence)}
                  </small>
                </a>
              </li>
            ))}
          </ol>
        </section>
      )}
      {alerts && alerts.all > 0 && <AlertsCard {...alerts} />}
      {unclaimed > 0 && <UnclaimedCard households={unclaimed} />}
      {duties && <DutiesCard {...duties} />}
      {today.cameIn.length > 0 && (
        <section className="section" aria-labelledby="came-in">
          <h2 id="came-in">
            {words.cameIn} {today.cameIn.length}
          </h2>
          <div className="lines">
            {today.cameIn.map(line => (
              <CaseRow key={line.id} line={line} fresh={fresh.includes(line.id)} />
            ))}
          </div>
        </section>
      )}
      <section className="section" aria-labelledby="due">
        <h2 id="due">{words.due}</h2>
        {today.due.length === 0 ? (
          <Empty good title={words.nothingDue}>
            {today.nextDueOn && words.nextDue(formatDay(today.nextDueOn, language))}
          </Empty>
        ) : (
          <div className="lines">
            {today.due.map(line => (
              <CaseRow key={line.id} line={line} />
            ))}
          </div>
        )}
      </section>
      <p className="fine today-live">
        <Tag tone={connected ? 'hill' : 'ochre'} icon={connected ? 'check' : 'noNet'}>
          {connected ? words.live : words.notLive}
        </Tag>
        {!connected && (
          <Button kind="text" onClick={loaded.again}>
            {words.refresh}
          </Button>
        )}
      </p>
      <Me session={session} />
    </Page>
  )
}

/** The door to what the data say of the village's families. */
function AlertsCard({ all, red }: { readonly all: number; readonly red: number }) {
  const { alerts: words } = useGuideWords()
  return (
    <section className="section" aria-label={words.title}>
      <a className="card case-row" href="#/guide/alerts">
        <span className="case-row-words">
          <b>{words.card(all, red)}</b>
          <small>{words.cardText}</small>
        </span>
        <Icon name={red > 0 ? 'warning' : 'next'} />
      </a>
    </section>
  )
}

/** The door to families entitled to help they do not receive. */
function UnclaimedCard({ households }: { readonly households: number }) {
  const { unclaimed: words } = useGuideWords()
  return (
    <section className="section" aria-label={words.title}>
      <a className="card case-row" href="#/guide/unclaimed">
        <span className="case-row-words">
          <b>{words.card(households)}</b>
          <small>{words.cardText}</small>
        </span>
        <Icon name="next" />
      </a>
    </section>
  )
}

/** Who is away, for whom one stands in, which villages came or went. */
function WhoServes({ mine }: { readonly mine: Mine }) {
  const { network: words } = useDutyWords()
  const language = useLanguage()
  const day = (on: string) => formatDay(on, language)
  const lines = [
    ...(mine.away ? [words.away(day(mine.away.fromOn), day(mine.away.backOn), mine.away.standIn?.name)] : []),
    ...mine.standsInFor.map(a => words.standsIn(a.guide.name, day(a.fromOn), day(a.backOn))),
    ...mine.handings.map(h =>
      h.got ? words.got(h.village, h.other, day(h.on)) : words.gave(h.village, h.other, day(h.on)),
    ),
  ]
  if (lines.length === 0) return null
  return (
    <Notice>
      {lines.map(line => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  )
}

/** The door to the four duties. */
function DutiesCard({ done, open }: { readonly done: number; readonly open: number }) {
  const words = useDutyWords()
  return (
    <section className="section" aria-label={words.title}>
      <a className="card case-row" href="#/guide/duties">
        <span className="case-row-words">
          <b>{words.card(done)}</b>
          <small>{words.cardOpen(open)}</small>
        </span>
        <Icon name="next" />
      </a>
    </section>
  )
}

/** Who one is here, the other roles one has, and the way out. */
function Me({ session }: { readonly session: StaffSession }) {
  const { today: words } = useGuideWords()
  const { signOut: left } = useVisitWords()
  const unsent = useUnsent()
  const { nameOf } = useVillages()
  const { grants, acting } = session.described
  const label = (grant: (typeof grants)[number]) =>
    `${grant.scope ? (nameOf(grant.scope) ?? '') : ''}${words.roles[grant.role]}`
  const [turn, turning] = useDeed((grantId: string) => actAs(grantId))
  const [leave, leaving] = useDeed(async () => {
    await signOut()
    await emptyVault()
    keepInterview(undefined)
    forgetScreenings()
    go('/')
  })
  return (
    <section className="section me">
      <p>
        <b>{session.name}</b> <span className="second">{acting && label(acting)}</span>
      </p>
      {grants.length > 1 && (
        <SelectField
          label={words.actAs}
          value={acting?.id ?? ''}
          onChange={turn}
          options={grants.filter(grant => !grant.endedAt).map(grant => ({ value: grant.id, label: label(grant) }))}
        />
      )}
      {(turning.problem ?? leaving.problem) && (
        <Failed problem={(turning.problem ?? leaving.problem) as NonNullable<typeof turning.problem>} />
      )}
      {acting?.role === 'guide' && <WorkPhone kept={session.described.account?.workPhone ?? ''} />}
      <Sure
        kind="framed"
        sentence={unsent === 0 ? words.signOutSure : left.unsent(unsent)}
        yes={unsent === 0 ? words.signOut : left.sure(unsent)}
        no={words.stay}
        onYes={leave}
        busy={leaving.busy}
      >
        {words.signOut}
      </Sure>
    </section>
  )
}

function WorkPhone({ kept }: { readonly kept: string }) {
  const { today: words } = useGuideWords()
  const [phone, setPhone] = useState(kept)
  const [done, setDone] = useState(false)
  const [save, saving] = useDeed(async () => {
    await setWorkPhone(phone)
    setDone(true)
  })
  return (
    <form
      className="stack"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setDone(false)
        save()
      }}
    >
      <TextField
        label={words.workPhone}
        hint={words.workPhoneHint}
        kind="tel"
        inputMode="tel"
        maxLength={30}
        value={phone}
        onChange={setPhone}
        error={saving.problem?.kind === 'refused' ? saving.problem.detail : undefined}
      />
      {saving.problem && saving.problem.kind !== 'refused' && <Failed problem={saving.problem} />}
      {phone !== kept && (
        <Button submit busy={saving.busy}>
          {words.workPhoneSave}
        </Button>
      )}
      <p role="status" className="second">
        {done && phone === kept ? words.workPhoneSaved : ''}
      </p>
    </form>
  )
}

function LiveToday({ session }: { readonly session: StaffSession }) {
  const { today: words } = useGuideWords()
  const loaded = useLoad(`today ${session.described.acting?.id ?? ''}`, signal => api('GET /today', { signal }))
  useLive(['outreach.', 'guidance.'], loaded.again)
  const mayHelp = session.role === 'guide' || session.role === 'townshipClerk' || session.role === 'districtOfficer'
  const unclaimed = useLoad(mayHelp ? `unclaimed ${session.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /entitlements/findings', { query: { kind: 'unclaimed', limit: 1 }, signal }),
  )
  useLive(['entitlements.moved'], unclaimed.again)
  const alerts = useLoad(mayHelp ? `open alerts ${session.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /alerts', { query: { limit: 1 }, signal }),
  )
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved'], alerts.again)
  const counted = alerts.value?.counts
  const mayNote = session.role === 'guide' || session.role === 'townshipClerk'
  const duties = useLoad(mayNote ? `my duties ${session.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /duties', { query: { state: 'open', mine: 'true', limit: 100 }, signal }),
  )
  const counts = duties.value?.month
  const network = useLoad(
    session.role === 'guide' ? `my network ${session.described.acting?.id ?? ''}` : undefined,
    signal => api('GET /network/mine', { signal }),
  )
  useLive(['outreach.absenceNoted', 'outreach.villageHanded'], network.again)
  const connected = useLiveConnected()
  const { fresh, seen } = useNews(loaded.value?.cameIn.map(line => line.id))
  if (loaded.value)
    return (
      <TodayView
        today={loaded.value}
        session={session}
        fresh={fresh}
        seen={seen}
        connected={connected}
        unclaimed={unclaimed.value?.households ?? undefined}
        alerts={
          counted ? { all: counted.red + counted.orange + counted.yellow + counted.blue, red: counted.red } : undefined
        }
        duties={
          duties.value && counts
            ? { done: counts.filing + counts.advice + counts.linking + counts.plan, open: duties.value.items.length }
            : undefined
        }
        network={network.value}
        loaded={loaded}
      />
    )
  return (
    <Page title={words.title} nav={<GuideNav />}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'card', 'card', 'card']} />
      )}
    </Page>
  )
}

export const TodayScreen = () => <StaffOnly>{session => <LiveToday session={session} />}</StaffOnly>
