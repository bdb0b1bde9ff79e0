import { Icon } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../../parts/state.tsx'
import { api } from '../../../platform/api.ts'
import { everyPage } from '../../../platform/every-page.ts'
import { useLive } from '../../../platform/live.ts'
import { useLoad } from '../../../platform/load.ts'
import { CaseRow } from '../case-row.tsx'
import type { CaseLine } from '../kinds.ts'
import { GuideNav } from '../nav.tsx'
import { StaffOnly } from '../staff-only.tsx'
import { useNews } from '../today/use-news.ts'
import { useGuideWords } from '../words/index.ts'
import '../cases/screen.css'

/** What waits for an eye, by why it waits. A case stands once, under the first reason that fits. */
export function groupMessages(lines: readonly CaseLine[]): {
  came: readonly CaseLine[]
  asked: readonly CaseLine[]
  late: readonly CaseLine[]
} {
  const came = lines.filter(line => line.state === 'new' || line.state === 'returned')
  const asked = lines.filter(line => line.questionOpen && !came.includes(line))
  const late = lines.filter(
    line =>
      (line.clock.state === 'late' || line.clock.state === 'near') && !came.includes(line) && !asked.includes(line),
  )
  return { came, asked, late }
}

function Messages() {
  const { messages: words } = useGuideWords()
  const loaded = useLoad('messages', signal =>
    everyPage(page => api('GET /cases', { query: { state: 'open', ...page }, signal })),
  )
  useLive(['outreach.'], loaded.again)
  const slips = useLoad('messages slips', signal => api('GET /slips/yours', { signal }))
  useLive(['outreach.slip'], slips.again)
  const late = slips.value?.late ?? 0
  const groups = loaded.value && groupMessages(loaded.value.items)
  const { fresh } = useNews(groups?.came.map(line => line.id))
  const empty = groups && late === 0 && groups.came.length + groups.asked.length + groups.late.length === 0
  return (
    <Page title={words.title} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!groups && !loaded.problem && <Skeleton shape={['card', 'card', 'card']} />}
      {empty && (
        <Empty good title={words.none}>
          {words.noneText}
        </Empty>
      )}
      {late > 0 && (
        // Slips are written and answered on the pages of the desk.
        <a className="section card case-row" href="/console/slips?show=yours">
          <span className="case-row-words">
            <b>{words.slips(late)}</b>
            <small>{words.slipsText}</small>
          </span>
          <Icon name="next" />
        </a>
      )}
      {groups &&
        (['came', 'asked', 'late'] as const).map(
          group =>
            groups[group].length > 0 && (
              <section key={group} className="section" aria-labelledby={`messages-${group}`}>
                <h2 id={`messages-${group}`}>
                  {words[group]} {groups[group].length}
                </h2>
                <div className="lines">
                  {groups[group].map(line => (
                    <CaseRow key={line.id} line={line} fresh={fresh.includes(line.id)} />
                  ))}
                </div>
              </section>
            ),
        )}
      <p className="fine">{words.quiet}</p>
    </Page>
  )
}

export const MessagesScreen = () => <StaffOnly>{() => <Messages />}</StaffOnly>
