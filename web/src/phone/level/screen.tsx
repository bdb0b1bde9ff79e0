import { ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { Failed } from '../failed.tsx'
import type { ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { useLevelWords } from './words/index.ts'

export interface LevelViewProps {
  readonly level: Result<'GET /levels/:code'>
}

/** 幸福码: what the code on the wall of a village hall opens. */
export function LevelView({ level }: LevelViewProps) {
  const say = useLevelWords()
  return (
    <Page title={say.title} nav={<Nav />}>
      <h1 tabIndex={-1}>{level.name}</h1>
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
      </section>
      <section className="section" aria-label={say.help}>
        <h2>{say.help}</h2>
        <p>{say.wishes(level.wishes)}</p>
      </section>
    </Page>
  )
}

export function LevelScreen({ params }: ScreenProps) {
  const say = useLevelWords()
  const code = params['code'] ?? ''
  const loaded = useLoad(`level ${code}`, signal =>
    api('GET /levels/:code', { params: { code: code as never }, signal }),
  )
  if (loaded.value) return <LevelView level={loaded.value} />
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
