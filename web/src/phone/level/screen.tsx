import { ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import type { ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { NoSuchCode } from './no-such-code.tsx'
import { useLevelWords } from './words/index.ts'

export interface LevelViewProps {
  readonly level: Result<'GET /levels/:code'>
  /** Some of those that wait to be taken, without whose they are. */
  readonly wishes: Result<'GET /wishes'>['items']
}

/** 幸福码: what the code on the wall of a village hall opens. */
export function LevelView({ level, wishes }: LevelViewProps) {
  const say = useLevelWords()
  return (
    <Page title={say.title} nav={<Nav />}>
      <h1 tabIndex={-1}>{level.level === 'district' ? say.district : level.name}</h1>
      <p className="lead">{say.lead}</p>
      <div className="section stack">
        <ButtonLink kind="main" wide to={level.level === 'village' ? `#/v/${level.code}` : '#/'}>
          {say.ask}
        </ButtonLink>
        <ButtonLink wide to="#/needs">
          {say.need}
        </ButtonLink>
        <ButtonLink wide to="#/tell">
          {say.tell}
        </ButtonLink>
      </div>
      <section className="section" aria-label={say.can}>
        <h2>{say.can}</h2>
        {level.resources.length === 0 && <p className="second">{say.none}</p>}
        <ul className="stack">
          {level.resources.map(one => (
            <li key={one.id} className="card">
              <h3>{one.name}</h3>
              <p>{one.offers}</p>
              <p className="second small">{[one.hours, one.room ? null : say.full].filter(Boolean).join(' · ')}</p>
            </li>
          ))}
        </ul>
        {level.more && <p className="second">{say.more}</p>}
      </section>
      <section className="section" aria-label={say.help}>
        <h2>{say.help}</h2>
        <div className="stack">
          <p>{say.wishes(level.wishes)}</p>
          {wishes.length > 0 && <Wishes wishes={wishes} />}
          {level.wishes > 0 && (
            <>
              <ButtonLink wide to="/console/wishes">
                {say.take}
              </ButtonLink>
              <p className="second small">{say.register}</p>
            </>
          )}
        </div>
      </section>
    </Page>
  )
}

function Wishes({ wishes }: Pick<LevelViewProps, 'wishes'>) {
  const say = useLevelWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <ul className="stack">
      {wishes.map(wish => (
        <li key={wish.id} className="card">
          <h3>{wish.words}</h3>
          <p className="second">
            {[wish.age && said(wish.age), wish.place ?? say.somewhere].filter(Boolean).join(' · ')}
          </p>
          <p className="second small">{say.until(formatDay(wish.untilOn, language))}</p>
        </li>
      ))}
    </ul>
  )
}

/** More than these nobody reads on a wall; the list of wishes has them all. */
const shownWishes = 5
const townshipDigits = 9

export function LevelScreen({ params }: ScreenProps) {
  const say = useLevelWords()
  const code = params['code'] ?? ''
  const loaded = useLoad(`level ${code}`, async signal => {
    const level = await api('GET /levels/:code', { params: { code: code as never }, signal })
    const township = level.level === 'district' ? {} : { township: code.slice(0, townshipDigits) as never }
    const wishes =
      level.wishes > 0 ? await api('GET /wishes', { query: { limit: shownWishes, ...township }, signal }) : undefined
    return { level, wishes: wishes?.items ?? [] }
  })
  if (loaded.value) return <LevelView {...loaded.value} />
  if (loaded.problem?.status === 404 || loaded.problem?.status === 400) return <NoSuchCode />
  return (
    <Page title={say.title} nav={<Nav />}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'tall']} />
      )}
    </Page>
  )
}
