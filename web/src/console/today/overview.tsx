import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { NeedFlow } from '../flow/flow.tsx'
import { Hello } from './hello.tsx'
import type { StaffSession } from './work-day.tsx'
import { useTodayWords } from './words/index.ts'

const figures = ['screenings', 'fitting', 'cases', 'open', 'late', 'granted', 'daysToAccept'] as const

/** What runs in the district, in counts; small ones are kept back. */
export function OverviewPage({ session }: { readonly session: StaffSession }) {
  const words = useTodayWords()
  const said = useSaid()
  const language = useLanguage()
  const seen = useLoad('overview', signal => api('GET /overview', { signal }))
  const names = useLoad('overview names', signal =>
    Promise.all([api('GET /policies', { signal }), api('GET /services', { signal })]).then(([policies, services]) => [
      ...policies.items,
      ...services.items,
    ]),
  )
  const value = seen.value
  if (!value)
    return seen.problem ? (
      <Failed problem={seen.problem} again={seen.again} />
    ) : (
      <Skeleton shape={['title', 'tall', 'tall']} />
    )
  const shown = (n: number | null) => (n === null ? words.hidden : String(n))
  const nameOf = (id: string) => {
    const name = names.value?.find(one => one.id === id)?.name
    return name ? said(name) : id
  }
  return (
    <>
      <Hello name={session.name} sentence={said(value.sentence)} />
      <div className="desk-pile">
        <Card label={words.overview}>
          <div className="desk-card-head">
            <h2>{words.overview}</h2>
            <span className="second small">
              {words.period(formatDay(value.from, language), formatDay(value.to, language))}
            </span>
          </div>
          <dl className="overview-figures">
            {figures.map(name => (
              <div key={name}>
                <dt>{words.figures[name]}</dt>
                <dd>{name === 'daysToAccept' && value.figures[name] === null ? '–' : shown(value.figures[name])}</dd>
              </div>
            ))}
          </dl>
          <p className="second small">{words.hiddenText}</p>
        </Card>
        <div className="desk-columns">
          <Card label={words.townships}>
            <h2>{words.townships}</h2>
            <Table
              caption={words.townships}
              rows={value.townships}
              rowKey={row => row.code}
              columns={[
                { key: 'name', head: words.township, main: true, cell: row => row.name },
                { key: 'cases', head: words.figures.cases, figure: true, cell: row => shown(row.cases) },
                { key: 'open', head: words.figures.open, figure: true, cell: row => shown(row.open) },
                { key: 'late', head: words.figures.late, figure: true, cell: row => shown(row.late) },
              ]}
            />
          </Card>
          <Card label={words.wanted}>
            <h2>{words.wanted}</h2>
            {value.wanted.length === 0 && <p className="second">{words.none}</p>}
            <ol className="today-news">
              {value.wanted.map(one => (
                <li key={one.id} className="between">
                  <span>{nameOf(one.id)}</span>
                  <b>{shown(one.count)}</b>
                </li>
              ))}
            </ol>
          </Card>
        </div>
        <NeedFlow />
      </div>
    </>
  )
}
