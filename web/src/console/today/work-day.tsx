import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Clock } from '../../parts/desk/clock.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive, useLiveConnected } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import type { Session } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { useNow } from '../now.ts'
import { Hello } from './hello.tsx'
import { Week } from './week.tsx'
import { useTodayWords } from './words/index.ts'

type Today = Result<'GET /today'>
type CaseLine = Result<'GET /cases'>['items'][number]
export type StaffSession = Extract<Session, { state: 'known' }>

const shown = 10

/** The next three, what is due, what came in, the week. */
export function WorkDay({ session }: { readonly session: StaffSession }) {
  const words = useTodayWords()
  const said = useSaid()
  const language = useLanguage()
  const connected = useLiveConnected()
  const now = useNow()
  const [filters, setFilters] = useFilters()
  const whose = oneOf(['mine', 'all'], filters['whose']) ?? 'all'
  const grant = session.described.acting?.id ?? ''
  const today = useLoad(`today ${grant}`, signal => api('GET /today', { signal }))
  const cases = useLoad(`today cases ${grant} ${whose}`, signal =>
    api('GET /cases', { query: { limit: shown, ...(whose === 'mine' ? { mine: 'true' } : {}) }, signal }),
  )
  useLive(['outreach.', 'guidance.'], () => {
    today.again()
    cases.again()
  })
  const value = today.value
  if (!value)
    return today.problem ? (
      <Failed problem={today.problem} again={today.again} />
    ) : (
      <Skeleton shape={['title', 'tall', 'tall']} />
    )
  const lines = cases.value?.items ?? []
  return (
    <>
      <Hello name={session.name} sentence={said(value.sentence)}>
        <Segmented
          name="whose"
          label={words.whose}
          options={[
            { value: 'mine', label: words.mine },
            { value: 'all', label: words.all },
          ]}
          value={whose}
          onChange={next => setFilters({ whose: next })}
        />
        <Link to="/registry/new" className="button">
          <Icon name="plus" />
          {words.newFamily}
        </Link>
      </Hello>
      {today.problem && <Failed problem={today.problem} again={today.again} at={today.at} />}
      {value.nextThree.length > 0 && (
        <section aria-label={words.nextThree}>
          <ol className="next-cards">
            {value.nextThree.map((next, i) => (
              <NextCard
                key={next.case}
                number={i + 1}
                next={next}
                line={[...lines, ...value.cameIn, ...value.due].find(line => line.id === next.case)}
              />
            ))}
          </ol>
        </section>
      )}
      <div className="desk-columns">
        <Card label={words.due}>
          <div className="desk-card-head">
            <h2>
              {words.due}{' '}
              {lines.length > 0 && (
                <span className="second small">
                  {words.dueCount(lines.length, whose === 'mine' ? lines.length : value.counts.open)}
                </span>
              )}
            </h2>
            <span className="second small today-keys">
              <kbd>j</kbd> <kbd>k</kbd> {words.keys[0]} <kbd>Enter</kbd> {words.keys[1]}
            </span>
          </div>
          {cases.problem && <Failed problem={cases.problem} again={cases.again} at={cases.at} />}
          {!cases.value && !cases.problem && <Skeleton shape={['card', 'card', 'card']} />}
          {cases.value && lines.length === 0 && (
            <Empty good title={whose === 'mine' ? words.nothingMine : words.nothing}>
              {value.nextDueOn ? words.nextOn(formatDay(value.nextDueOn, language)) : words.nothingText}
            </Empty>
          )}
          {lines.length > 0 && <DueTable lines={lines} />}
          {(cases.value?.next || lines.length > 0) && (
            <p className="today-all">
              <Link to="/cases" search={(whose === 'mine' ? { mine: 'true' } : {}) as never}>
                {words.whole}
              </Link>
            </p>
          )}
        </Card>
        <div className="desk-pile">
          <Week week={value.week} />
          <CameIn today={value} />
          <p className="second small row">
            <Icon name={connected ? 'clock' : 'noNet'} />
            {(connected ? words.live : words.notLive)(formatInstant(today.at ?? now, language))}
            {!connected && (
              <Button kind="text" onClick={today.again}>
                {words.refresh}
              </Button>
            )}
          </p>
        </div>
      </div>
    </>
  )
}

function NextCard({
  number,
  next,
  line,
}: {
  readonly number: number
  readonly next: Today['nextThree'][number]
  readonly line: CaseLine | undefined
}) {
  const words = useTodayWords()
  const said = useSaid()
  return (
    <li className={next.late ? 'card next-card late' : 'card next-card'}>
      <div className="row between">
        <span className="next-number" aria-hidden="true">
          {number}
        </span>
        {line && <Clock state={line.clock.state} daysLeft={line.clock.daysLeft} />}
      </div>
      <h2>{said(next.words)}</h2>
      <p className="second">
        {line && !next.late
          ? [said(line.stateWords), line.holder ?? words.nobody, ...line.wants.slice(0, 2).map(said)].join(' · ') +
            (line.wants.length > 2 ? words.andMore(line.wants.length) : '')
          : said(next.consequence)}
      </p>
      <p>
        <Link
          to={`/cases/${next.case}`}
          className="button main"
          aria-label={`${words.steps[next.step ?? 'none']} ${said(next.words)}`}
        >
          {words.steps[next.step ?? 'none']}
        </Link>
      </p>
    </li>
  )
}

function DueTable({ lines }: { readonly lines: readonly CaseLine[] }) {
  const words = useTodayWords()
  const said = useSaid()
  return (
    <Table
      caption={words.due}
      rows={lines}
      rowKey={line => line.id}
      columns={[
        {
          key: 'left',
          head: words.heads.left,
          cell: line => <Clock state={line.clock.state} daysLeft={line.clock.daysLeft} />,
        },
        {
          key: 'family',
          head: words.heads.family,
          main: true,
          cell: line => (
            <>
              <Link to={`/cases/${line.id}`} data-row className="desk-line">
                {line.name}
              </Link>
              <span className="second"> {line.village.name}</span>
              {line.questionOpen && (
                <>
                  {' '}
                  <Tag tone="ochre" icon="question">
                    {words.asks}
                  </Tag>
                </>
              )}
            </>
          ),
        },
        { key: 'what', head: words.heads.what, cell: line => (line.clock.words ? said(line.clock.words) : '') },
        { key: 'state', head: words.heads.state, cell: line => <Tag tone="line">{said(line.stateWords)}</Tag> },
        {
          key: 'holder',
          head: words.heads.holder,
          cell: line => (
            <span className={line.holder ? '' : 'second'}>{line.mine ? words.you : (line.holder ?? words.nobody)}</span>
          ),
        },
      ]}
    />
  )
}

function CameIn({ today: { cameIn, counts } }: { readonly today: Today }) {
  const words = useTodayWords()
  const language = useLanguage()
  const others = [
    { n: counts.late, words: words.late, to: '/cases', search: { late: 'true' } },
    { n: counts.questions, words: words.questions, to: '/cases', search: {} },
    { n: counts.protectedOpen, words: words.protectedOpen, to: '/signals', search: {} },
    { n: counts.closedThisWeek, words: words.closed, to: '/cases', search: { state: 'closed' } },
  ].filter(other => other.n > 0)
  return (
    <Card label={words.cameIn}>
      <h2>{words.cameIn}</h2>
      {cameIn.length === 0 && <p className="second">{words.noneCameIn}</p>}
      <ul className="today-news">
        {cameIn.slice(0, 6).map(line => (
          <li key={line.id}>
            <Icon name="tray" />
            <span>
              <Link to={`/cases/${line.id}`}>{line.name}</Link>
              <span className="second small">{`${line.village.name} · ${formatInstant(line.cameInAt, language)}`}</span>
            </span>
          </li>
        ))}
        {others.map(other => (
          <li key={other.words(other.n)}>
            <Icon name="bell" />
            <span>
              <Link to={other.to} search={other.search as never}>
                {other.words(other.n)}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
