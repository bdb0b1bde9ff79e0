import { Link } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useOrganisationWords } from './words.ts'

const tones = { core: 'dusk', wing: 'river', special: 'hill' } as const

/** 一核两翼四区: each hub, the townships it serves, and who runs it. */
export function Hubs() {
  const { hubs: say, until } = useOrganisationWords()
  const said = useSaid()
  const language = useLanguage()
  const hubs = useLoad('hubs', signal => api('GET /hubs', { signal }))
  return (
    <>
      {hubs.problem && <Failed problem={hubs.problem} again={hubs.again} at={hubs.at} />}
      {!hubs.value && !hubs.problem && <Skeleton shape={['card', 'card']} />}
      {hubs.value?.items.length === 0 && <Empty title={say.emptyTitle}>{say.emptyText}</Empty>}
      <div className="org-hubs">
        {(hubs.value?.items ?? []).map(hub => (
          <Card key={hub.id} label={said(hub.name)}>
            <div className="desk-card-head">
              <h2>{said(hub.name)}</h2>
              <span className="org-beside">
                <Tag tone={tones[hub.kind]}>{say.kinds[hub.kind]}</Tag>
                {hub.example && <Example />}
              </span>
            </div>
            <p>{said(hub.about)}</p>
            <dl className="org-said">
              <div>
                <dt>{say.townships}</dt>
                <dd>
                  {hub.townships.map(place => place.name).join(' · ')}
                  <span className="org-note second small">
                    {say.groups(
                      hub.townships.reduce((sum, place) => sum + place.groups, 0),
                      hub.townships.reduce((sum, place) => sum + place.villages, 0),
                    )}
                  </span>
                </dd>
              </div>
              <div>
                <dt>{say.runBy}</dt>
                <dd>
                  {hub.runBy.length === 0 && <span className="org-waits">{say.nobody}</span>}
                  {hub.runBy.map(by => (
                    <span key={by.id} className="org-note">
                      <Link to="/organisations/$organisationId" params={{ organisationId: by.id } as never}>
                        {by.name}
                      </Link>{' '}
                      <span className="second">{until(formatDay(by.untilOn, language))}</span>
                    </span>
                  ))}
                </dd>
              </div>
            </dl>
          </Card>
        ))}
      </div>
    </>
  )
}
