import { ButtonLink } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { goBack } from '../../platform/place.ts'
import { useSaid } from '../../platform/words.ts'
import type { ScreenProps } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import './screen.css'

type Service = Result<'GET /services/:serviceId'>

export function ServiceView({ service }: { readonly service: Service }) {
  const { help } = useWords()
  const said = useSaid()
  const lines = [
    [help.dose, service.dose],
    [help.provider, service.provider],
    [help.price, service.price],
    [help.outcome, service.outcome],
  ] as const
  return (
    <Page title={help.title} tabTitle={said(service.name)} onBack={() => goBack('/help')}>
      <h1 tabIndex={-1}>{said(service.name)}</h1>
      <p className="help-by">{help.categories[service.category]}</p>
      <p>{said(service.summary)}</p>
      {service.sentences.length > 0 && (
        <section className="section">
          <h2>{help.whoGets}</h2>
          <ul className="rule-lines">
            {service.sentences.map(sentence => (
              <li key={sentence.zh}>
                <Icon name="check" className="strong" />
                <span>{said(sentence)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lines.map(
        ([term, words]) =>
          words && (
            <section className="section" key={term}>
              <h2>{term}</h2>
              <p>
                {said(words)} {service.example && term === help.price && <Example />}
              </p>
            </section>
          ),
      )}
      <div className="actions">
        <ButtonLink kind="main" wide to="#/">
          {help.screenMe}
        </ButtonLink>
      </div>
    </Page>
  )
}

export function ServiceScreen({ params }: ScreenProps) {
  const { help } = useWords()
  const serviceId = params['serviceId'] ?? ''
  const { value, problem, again } = useLoad(serviceId, signal =>
    api('GET /services/:serviceId', { params: { serviceId }, signal }),
  )
  if (value) return <ServiceView service={value} />
  return (
    <Page title={help.title} onBack={() => goBack('/help')}>
      {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'line', 'tall']} />}
    </Page>
  )
}
