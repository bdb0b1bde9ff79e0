import { useDeferredValue, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { MiniResult } from '../../parts/result.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Nav } from '../nav.tsx'
import { TellLink } from '../tell/link.tsx'
import { useWords } from '../words/index.ts'
import './screen.css'

type Policy = Result<'GET /policies'>['items'][number]
type Service = Result<'GET /services'>['items'][number]

/** Two benefits of one policy, such as P29a and P29b, are one policy to a reader. */
const policyCount = (policies: readonly Policy[]) =>
  new Set(policies.map(policy => policy.id.replace(/[a-z]$/, ''))).size

/** All of the pool in plain words, found by a word in its name or in what it says. */
export function HelpView({
  policies,
  services,
}: {
  readonly policies: readonly Policy[]
  readonly services: readonly Service[]
}) {
  const { help } = useWords()
  const said = useSaid()
  const [text, setText] = useState('')
  const [unit, setUnit] = useState('')
  const looked = useDeferredValue(text.trim().toLowerCase())
  const fits = (...parts: readonly string[]) => looked === '' || parts.some(part => part.toLowerCase().includes(looked))
  const units = [...new Map(policies.map(policy => [policy.unit.slug, policy.unit])).values()]
  const shownPolicies = policies.filter(
    policy =>
      (unit === '' || policy.unit.slug === unit) &&
      fits(policy.name.zh, policy.name.en, policy.summary.zh, policy.summary.en),
  )
  const shownServices =
    unit === ''
      ? services.filter(service => fits(service.name.zh, service.name.en, service.summary.zh, service.summary.en))
      : []
  const clear = () => {
    setText('')
    setUnit('')
  }
  return (
    <Page title={help.title} nav={<Nav />}>
      <h1 tabIndex={-1}>{help.headline}</h1>
      <p className="lead">{help.lead(policyCount(policies), services.length)}</p>
      <div className="help-find">
        <TextField
          label={help.searchLabel}
          hint={help.search}
          kind="search"
          value={text}
          onChange={setText}
          maxLength={40}
        />
        <SelectField
          label={help.unit}
          value={unit}
          onChange={setUnit}
          blank={help.all}
          options={units.map(one => ({ value: one.slug, label: said(one.name) }))}
        />
      </div>
      {shownPolicies.length + shownServices.length === 0 && (
        <Empty title={help.noHit(text.trim())} act={<Button onClick={clear}>{help.clear}</Button>}>
          {help.noHitText}
        </Empty>
      )}
      {shownPolicies.length > 0 && (
        <section className="section">
          <h2>
            {help.policies} {policyCount(shownPolicies)}
          </h2>
          <div className="lines">
            {shownPolicies.map(policy => (
              <MiniResult
                key={policy.id}
                to={`#/help/policy/${policy.id}`}
                name={said(policy.name)}
                note={`${said(policy.unit.name)} · ${policy.scope === 'household' ? help.forWhole : help.forPerson}`}
              />
            ))}
          </div>
        </section>
      )}
      {shownServices.length > 0 && (
        <section className="section">
          <h2>
            {help.services} {shownServices.length}
          </h2>
          <div className="lines">
            {shownServices.map(service => (
              <MiniResult
                key={service.id}
                to={`#/help/service/${service.id}`}
                name={said(service.name)}
                note={help.categories[service.category]}
              />
            ))}
          </div>
        </section>
      )}
      <TellLink />
    </Page>
  )
}

export function HelpScreen() {
  const { help } = useWords()
  const { value, problem, again } = useLoad('pool', async signal => {
    const [policies, services] = await Promise.all([
      api('GET /policies', { query: {}, signal }),
      api('GET /services', { query: {}, signal }),
    ])
    return { policies: policies.items, services: services.items }
  })
  if (value) return <HelpView {...value} />
  return (
    <Page title={help.title} nav={<Nav />}>
      {problem ? (
        <Failed problem={problem} again={again} />
      ) : (
        <Skeleton shape={['title', 'line', 'card', 'card', 'card']} />
      )}
    </Page>
  )
}
