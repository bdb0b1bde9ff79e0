import { Button, ButtonLink } from '../../parts/button.tsx'
import { Face, Hills } from '../../parts/card.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLargeType } from '../../platform/large-type.ts'
import { useLoad } from '../../platform/load.ts'
import { go, goBack } from '../../platform/place.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import { Calm } from '../interview/calm.tsx'
import '../interview/list.css'
import type { Screening, ScreenProps } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import { AlmostLine, LineRow, usePersonName, WholeLine } from './line.tsx'
import { firstToSay, linesOf, rowsOf, type Group } from './lines.ts'
import { useFill, type Fill } from './use-fill.ts'
import { useScreening } from './use-screening.ts'
import './screen.css'

export interface ResultsViewProps {
  readonly screening: Screening
  /** Where the case is read, once it was handed in. */
  readonly handedIn: string | undefined
  readonly home: string
  /** A guide reads what a family handed in: nothing is to be agreed to or handed in here. */
  readonly reading?: boolean
  /** Absent where it is not one's own, or was handed in already. */
  readonly fill: Fill | undefined
}

/** A long list of “nearly” hides the few that count. */
const shownFirst = 4

const marks: Record<Group, { icon: IconName; tone: string }> = {
  canApply: { icon: 'check', tone: 'certain' },
  almost: { icon: 'question', tone: 'almost' },
  notNow: { icon: 'minus', tone: 'gone' },
}

/** The three groups with the reasons at hand; services beside the policies; whom to find. */
export function ResultsView({ screening, handedIn, home, reading = false, fill }: ResultsViewProps) {
  const { results } = useWords()
  const said = useSaid()
  const large = useLargeType()
  const language = useLanguage()
  const [can, almost, not] = (['canApply', 'almost', 'notNow'] as const).map(group => linesOf(screening, group))
  const [first, ...rest] = can ?? []
  const personName = usePersonName()
  const { nearest } = screening
  const told =
    handedIn !== undefined ||
    (screening.onBehalfOf !== null && screening.consents.some(consent => consent.kind === 'tellGuide' && consent.given))
  const start = first ?? almost?.[0]
  const nearly = rowsOf(almost ?? [])
  const atHand = fill && nearly.find(({ line }) => firstToSay(line))
  const others = nearly.filter(row => row !== atHand)
  return (
    <Page
      title={results.title}
      tabTitle={said(screening.headline)}
      onBack={() => (reading ? goBack(home) : go(home))}
      backName={reading ? undefined : results.backName}
      banner={<Behalf who={screening.onBehalfOf} />}
      foot={
        !reading && (
          <>
            {nearest?.phone && (
              <ButtonLink icon="phone" to={`tel:${nearest.phone}`}>
                {results.call}
              </ButtonLink>
            )}
            {handedIn === undefined ? (
              <ButtonLink kind="main" to={`#/result/${screening.id}/submit`}>
                {nearest ? results.submitTo(nearest.name) : results.submit}
              </ButtonLink>
            ) : (
              <ButtonLink kind="main" to={`#${handedIn}`}>
                {results.progress}
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <section className="summary">
        <h1 tabIndex={-1}>{said(screening.headline)}</h1>
        <p className="second">
          {results.answered(screening.counts.answered, screening.counts.saved)}
          {language === 'en' && ' '}
          {!reading && (told ? results.told : results.notTold)}
        </p>
        <Hills />
        <nav className="jump" aria-label={results.groups}>
          <Jump group="canApply" count={screening.counts.canApply} word={results.canApply} />
          <Jump group="almost" count={screening.counts.almost} word={results.almost} />
          <Jump group="notNow" count={screening.counts.notNow} word={results.notNow} />
        </nav>
        {large && start && (
          <ButtonLink kind="main" wide to={`#/result/${screening.id}/${encodeURIComponent(start.line.key)}`}>
            {results.oneByOne}
          </ButtonLink>
        )}
      </section>
      {screening.calm && <Calm calm={screening.calm} />}

      <GroupHead
        group="canApply"
        title={results.canApply}
        note={
          screening.perMonth?.amount ? (
            <>
              {said(screening.perMonth.words)} {screening.perMonth.example && <Example />}
            </>
          ) : undefined
        }
      />
      {first ? (
        <div className="lines">
          {!large && <WholeLine line={first} open fill={fill} />}
          {rowsOf(large ? [first, ...rest] : rest).map(row => (
            <LineRow key={row.line.line.key} row={row} screening={screening.id} />
          ))}
        </div>
      ) : (
        <div className="card">
          <b>{results.nobodyCan}</b>
          <p className="second">{results.nobodyCanText}</p>
        </div>
      )}

      {nearly.length > 0 && (
        <>
          <GroupHead group="almost" title={results.almost} note={results.almostNote} />
          <div className="lines">
            {atHand && fill && <AlmostLine line={atHand.line} screening={screening.id} fill={fill} />}
            {fill?.asking.problem && <Failed problem={fill.asking.problem} />}
            {others.slice(0, shownFirst).map(row => (
              <LineRow key={row.line.line.key} row={row} screening={screening.id} />
            ))}
            {others.length > shownFirst && (
              <details className="fold more-lines">
                <summary>
                  <span className="fold-title">{results.moreAlmost(others.length - shownFirst)}</span>
                  <Icon name="turn" className="fold-turn" />
                </summary>
                <div className="lines">
                  {others.slice(shownFirst).map(row => (
                    <LineRow key={row.line.line.key} row={row} screening={screening.id} />
                  ))}
                </div>
              </details>
            )}
          </div>
        </>
      )}

      {not && not.length > 0 && (
        <>
          <GroupHead group="notNow" title={results.notNow} />
          <details className="card tight fold">
            <summary>
              <span className="fold-title">{results.notNowCount(not.length)}</span>
              <Icon name="turn" className="fold-turn" />
            </summary>
            <ul className="plain-list">
              {not.map(({ kind, line }) => {
                const because =
                  kind === 'policy' && line.excluded
                    ? line.excluded
                    : (line.reasons.find(reason => !reason.holds) ?? line.reasons[0])?.words
                return (
                  <li key={line.key} className="not-line">
                    <a href={`#/result/${screening.id}/${encodeURIComponent(line.key)}`}>{said(line.name)}</a>
                    {line.person && <span className="second"> · {personName(line.person)}</span>}
                    {because && <small>{said(because)}</small>}
                  </li>
                )
              })}
            </ul>
          </details>
        </>
      )}

      {nearest && !reading && (
        <section className="card helper section" aria-label={results.nearestLabel}>
          <Face name={nearest.name} />
          <p>
            <b>{nearest.name}</b>
            <br />
            <span className="second small">{said(nearest.office)}</span>
          </p>
        </section>
      )}
      <p className="fine">{said(screening.caution)}</p>
      <p className="fine">{results.onDay(formatDay(screening.on, language))}</p>
      <div className="results-ways">
        <Button kind="text" onClick={() => globalThis.print()}>
          {results.print}
        </Button>
        {!reading && (
          <ButtonLink kind="text" to={`#${home}`}>
            {results.again}
          </ButtonLink>
        )}
      </div>
    </Page>
  )
}

function Jump({ group, count, word }: { readonly group: Group; readonly count: number; readonly word: string }) {
  return (
    <a
      className={marks[group].tone}
      href={`#${group}`}
      onClick={event => {
        event.preventDefault()
        const heading = document.getElementById(group)
        heading?.scrollIntoView({ block: 'start' })
        heading?.focus({ preventScroll: true })
      }}
    >
      <b>{count}</b>
      {word}
    </a>
  )
}

const GroupHead = ({
  group,
  title,
  note,
}: {
  readonly group: Group
  readonly title: string
  readonly note?: React.ReactNode
}) => (
  <h2 id={group} tabIndex={-1} className={`group-title results-group ${marks[group].tone}`}>
    <span className="group-mark">
      <Icon name={marks[group].icon} className="strong" />
    </span>
    {title}
    {note && <small>{note}</small>}
  </h2>
)

export function ResultsScreen({ params }: ScreenProps) {
  const { results } = useWords()
  const screeningId = params['screeningId'] ?? ''
  const session = useSession()
  const staff = session.state === 'known' && session.role !== 'resident'
  const { value, problem, again } = useScreening(screeningId)
  const mine = useLoad(session.state === 'known' && !staff ? 'my cases' : undefined, signal =>
    api('GET /my/cases', { signal }),
  )
  const home = staff ? '/guide' : '/'
  const fill = useFill(screeningId)
  if (!value)
    return (
      <Page title={results.title} onBack={() => go(home)}>
        {problem ? (
          <Failed problem={problem} again={again} />
        ) : (
          <Skeleton shape={['title', 'line', 'tall', 'card', 'card']} />
        )}
      </Page>
    )
  const handed = mine.value?.items.find(one => one.screening === screeningId && one.state !== 'withdrawn')
  const handedIn = handed ? `/mine/${handed.id}` : undefined
  const reading = staff && value.onBehalfOf === null
  const mayFill = handedIn === undefined && !reading
  return (
    <ResultsView
      screening={value}
      handedIn={handedIn}
      home={home}
      reading={reading}
      fill={mayFill ? fill : undefined}
    />
  )
}
