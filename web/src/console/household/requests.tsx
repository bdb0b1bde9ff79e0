import { Link } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Clock } from '../../parts/desk/clock.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useHouseholdWords } from './words/index.ts'

/** What the family has asked for: each result it handed in, how far it is, and who looks after it. */
export function Requests({ id }: { readonly id: string }) {
  const words = useHouseholdWords()
  const said = useSaid()
  const language = useLanguage()
  const loaded = useLoad(`cases of ${id}`, signal =>
    api('GET /cases', { query: { household: id, state: 'any', limit: 20 }, signal }),
  )
  useLive(['outreach.'], loaded.again)
  const cases = loaded.value?.items.toSorted((a, b) => (a.cameInAt < b.cameInAt ? 1 : -1))
  return (
    <Card label={words.requests}>
      <div className="desk-card-head">
        <h2>{words.requests}</h2>
        <span className="second small">{words.requestsText}</span>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!cases && !loaded.problem && <Skeleton shape={['card']} />}
      {cases?.length === 0 && <p className="second">{words.noRequests}</p>}
      {cases && cases.length > 0 && (
        <ul className="requests">
          {cases.map(one => (
            <li key={one.id}>
              <Link to={`/cases/${one.id}`} className="desk-line">
                {words.asked(formatInstant(one.cameInAt, language))}
              </Link>
              <span className="second">{one.wants.map(said).join(' · ') || words.notShown}</span>
              <span className="row">
                <Tag tone="line">{said(one.stateWords)}</Tag>
                <span className="second small">{one.holder ?? words.nobodyHolds}</span>
              </span>
              <Clock state={one.clock.state} daysLeft={one.clock.daysLeft} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
