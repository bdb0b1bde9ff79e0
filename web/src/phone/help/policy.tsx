import { ButtonLink } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { goBack } from '../../platform/place.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import type { ScreenProps } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import './screen.css'

type Policy = Result<'GET /policies/:policyId'>

/** One policy as one would tell it: who, what, what to bring, where; the law at the foot. */
export function PolicyView({ policy }: { readonly policy: Policy }) {
  const { help } = useWords()
  const said = useSaid()
  const language = useLanguage()
  const version = policy.versions.find(one => one.inForce)
  return (
    <Page title={help.title} tabTitle={said(policy.name)} onBack={() => goBack('/help')}>
      <h1 tabIndex={-1}>{said(policy.name)}</h1>
      <p className="help-by">
        {said(policy.unit.name)} · {help.levels[policy.level]}
      </p>
      <p>{said(policy.summary)}</p>
      {!version && (
        <Notice tone="ochre">
          <p>{help.notInForce}</p>
        </Notice>
      )}
      {version && (
        <section className="section">
          <h2>{help.whoGets}</h2>
          {version.sentences.length > 1 && <p className="second">{help.whoGetsText}</p>}
          <ul className="rule-lines">
            {version.sentences.map(sentence => (
              <li key={sentence.zh}>
                <Icon name="check" className="strong" />
                <span>{said(sentence)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {version?.benefit && (
        <section className="section">
          <h2>{help.howMuch}</h2>
          <p>
            {said(version.benefit.words)} {version.benefit.example && <Example />}
          </p>
        </section>
      )}
      <section className="section">
        <h2>{help.bring}</h2>
        {policy.materials.length === 0 ? (
          <p>{help.nothing}</p>
        ) : (
          <ul className="plain-list card tight">
            {policy.materials.map(line => (
              <li key={line.words.zh}>{said(line.words)}</li>
            ))}
          </ul>
        )}
      </section>
      <section className="section">
        <h2>{help.where}</h2>
        <p>{said(policy.procedure.apply)}</p>
        {policy.procedure.workingDays !== null && (
          <p className="second">{help.daysAll(policy.procedure.workingDays)}</p>
        )}
        {policy.procedure.steps.length > 0 && (
          <div className="policy-steps">
            <Steps
              label={help.steps}
              steps={policy.procedure.steps.map(step => ({
                title: said(step.words),
                state: 'next',
                ...(step.workingDays === null ? {} : { note: help.days(step.workingDays) }),
              }))}
            />
          </div>
        )}
      </section>
      {policy.exclusions.length > 0 && (
        <section className="section">
          <h2>{help.notWith}</h2>
          <ul className="plain-list not-with">
            {policy.exclusions.map(one => (
              <li key={one.with.id}>
                <a href={`#/help/policy/${one.with.id}`}>{said(one.with.name)}</a>
                {one.note && <p className="second small">{said(one.note)}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {policy.opens.length > 0 && (
        <div className="section">
          <Fold title={`${help.opens} (${String(policy.opens.length)})`} plain>
            <ul className="plain-list">
              {policy.opens.map(one => (
                <li key={one.id}>
                  <a href={`#/help/policy/${one.id}`}>{said(one.name)}</a>
                </li>
              ))}
            </ul>
          </Fold>
        </div>
      )}
      {policy.notes.length > 0 && (
        <section className="section">
          <h2>{help.notes}</h2>
          <ul className="law-lines">
            {policy.notes.map(line => (
              <li key={line.words.zh}>{said(line.words)}</li>
            ))}
          </ul>
        </section>
      )}
      {policy.versions.length > 1 && (
        <Fold title={help.versions} plain>
          <ul className="plain-list">
            {policy.versions.map(one => (
              <li key={one.from}>
                {help.from(formatDay(one.from, language))} {one.inForce && <Tag tone="hill">{help.now}</Tag>}
                {one.benefit && <p className="second small">{said(one.benefit.words)}</p>}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {policy.legalBasis.length > 0 && (
        <Fold title={help.law} icon="book" plain>
          <ul className="law-lines">
            {policy.legalBasis.map(line => (
              <li key={line.words.zh}>{said(line.words)}</li>
            ))}
          </ul>
        </Fold>
      )}
      <div className="actions">
        <ButtonLink kind="main" wide to="#/">
          {help.screenMe}
        </ButtonLink>
      </div>
    </Page>
  )
}

export function PolicyScreen({ params }: ScreenProps) {
  const { help } = useWords()
  const policyId = params['policyId'] ?? ''
  const { value, problem, again } = useLoad(policyId, signal =>
    api('GET /policies/:policyId', { params: { policyId }, query: {}, signal }),
  )
  if (value) return <PolicyView policy={value} />
  return (
    <Page title={help.title} onBack={() => goBack('/help')}>
      {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'line', 'tall', 'card']} />}
    </Page>
  )
}
