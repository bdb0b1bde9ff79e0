import { Link, useParams } from '@tanstack/react-router'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from './provenance.tsx'
import { Sources, tagsIn } from './sources.tsx'
import { usePoolWords } from './words.ts'
import './pools.css'

/** 服务池: 17 services in four categories. */
export function ServicesScreen() {
  const { services: say } = usePoolWords()
  const said = useSaid()
  const list = useLoad('services', signal => api('GET /services', { signal }))
  if (!list.value)
    return list.problem ? (
      <Failed problem={list.problem} again={list.again} />
    ) : (
      <Skeleton shape={['title', 'card', 'card']} />
    )
  const { items } = list.value
  return (
    <div className="desk-pile">
      <header>
        <h1 className="inscription">{say.title}</h1>
        <p className="second">{say.sentence(items.length)}</p>
      </header>
      {Object.entries(say.categories).map(([category, name]) => (
        <section key={category} className="sheet pad">
          <h2>{name}</h2>
          <ul className="service-list">
            {items
              .filter(service => service.category === category)
              .map(service => (
                <li key={service.id}>
                  <Link to="/services/$serviceId" params={{ serviceId: service.id } as never}>
                    {said(service.name)}
                  </Link>
                  <p>{said(service.summary)}</p>
                  <p className="second small">
                    {service.dose && said(service.dose)} {service.price && `· ${said(service.price)}`}{' '}
                    {service.example && <Example />}
                  </p>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

export function ServiceScreen() {
  const { serviceId } = useParams({ strict: false }) as { serviceId: string }
  const words = usePoolWords()
  const say = words.services
  const said = useSaid()
  const service = useLoad(serviceId, signal => api('GET /services/:serviceId', { params: { serviceId }, signal }))
  if (!service.value)
    return service.problem ? (
      <Failed problem={service.problem} again={service.again} act={<Link to="/services">{say.back}</Link>} />
    ) : (
      <Skeleton shape={['title', 'card']} />
    )
  const { value } = service
  const rows = [
    [say.dose, value.dose],
    [say.provider, value.provider],
    [say.outcome, value.outcome],
    [say.price, value.price],
  ] as const
  return (
    <article className="desk-pile">
      <header>
        <p>
          <Link to="/services">{say.back}</Link>
        </p>
        <h1 className="inscription">{said(value.name)}</h1>
        <p>
          {said(value.summary)} {value.example && <Example />}
        </p>
      </header>
      <section className="sheet pad">
        <h2>{say.who}</h2>
        <ul className="lines">
          {value.sentences.map(sentence => (
            <li key={sentence.zh}>
              <Icon name="check" /> {said(sentence)}
            </li>
          ))}
        </ul>
        <Fold title={words.policy.asText} plain>
          <pre className="rule-text">{value.condition}</pre>
        </Fold>
        <Provenance of={value.provenance} />
      </section>
      <dl className="sheet pad pairs">
        {rows.map(([label, text]) =>
          text ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{said(text)}</dd>
            </div>
          ) : null,
        )}
        <div>
          <dt>{say.level}</dt>
          <dd>{words.levels[value.level] ?? value.level}</dd>
        </div>
      </dl>
      <Sources tags={tagsIn(value)} />
    </article>
  )
}
