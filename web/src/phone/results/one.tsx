import { ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Skeleton } from '../../parts/state.tsx'
import { go } from '../../platform/place.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Behalf } from '../behalf.tsx'
import type { Screening, ScreenProps } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import { WholeLine } from './line.tsx'
import { lineAt, type Line } from './lines.ts'
import { useFill, type Fill } from './use-fill.ts'
import { useScreening } from './use-screening.ts'
import './screen.css'

/** One help a page, with the way to the next: the whole text, nothing beside it. */
export function OneResultView({
  screening,
  lineKey,
  fill,
}: {
  readonly screening: Screening
  readonly lineKey: string
  readonly fill?: Fill | undefined
}) {
  const { results } = useWords()
  const said = useSaid()
  const all = `/result/${screening.id}`
  const found = lineAt(screening, lineKey)
  if (!found)
    return (
      <Page title={results.title} onBack={() => go(all)}>
        <Empty whole title={results.notFound} act={<ButtonLink to={`#${all}`}>{results.toAll}</ButtonLink>} />
      </Page>
    )
  const { line } = found.row
  const to = (one: Line) => `#${all}/${encodeURIComponent(one.line.key)}`
  const full = line.kind === 'policy' ? `#/help/policy/${line.line.id}` : `#/help/service/${line.line.id}`
  return (
    <Page
      title={results.title}
      tabTitle={said(line.line.name)}
      onBack={() => go(all)}
      backName={results.toAll}
      banner={<Behalf who={screening.onBehalfOf} />}
      turn={lineKey}
      foot={
        <>
          {found.before && <ButtonLink to={to(found.before)}>{results.previous}</ButtonLink>}
          {found.after ? (
            <ButtonLink kind="main" to={to(found.after)}>
              {results.following}
            </ButtonLink>
          ) : (
            <ButtonLink kind="main" to={`#${all}`}>
              {results.toAll}
            </ButtonLink>
          )}
        </>
      }
    >
      <p className="read-place">
        {results[line.line.group]} · {results.nthOf(found.at, found.of)}
      </p>
      {fill?.asking.problem && <Failed problem={fill.asking.problem} />}
      <WholeLine line={line} people={found.row.people} open whole fill={fill} />
      <p className="start-guide">
        <a href={full}>{results.full}</a>
      </p>
    </Page>
  )
}

export function OneResultScreen({ params }: ScreenProps) {
  const { results } = useWords()
  const screeningId = params['screeningId'] ?? ''
  const { value, problem, again } = useScreening(screeningId)
  const session = useSession()
  const fill = useFill(screeningId)
  const own = session.state === 'known' && (session.role === 'resident' || Boolean(value?.onBehalfOf))
  if (value)
    return (
      <OneResultView
        key={params['line']}
        screening={value}
        lineKey={params['line'] ?? ''}
        fill={own ? fill : undefined}
      />
    )
  return (
    <Page title={results.title} onBack={() => go(`/result/${screeningId}`)}>
      {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['line', 'tall', 'line']} />}
    </Page>
  )
}
