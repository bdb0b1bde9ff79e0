import { Link, useParams } from '@tanstack/react-router'
import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { Provenance } from './provenance.tsx'
import { Sources, tagsIn } from './sources.tsx'
import { usePoolWords } from './words.ts'
import './pools.css'

type Policy = Result<'GET /policies/:policyId'>

/** One policy: the rule in sentences and as written, figures over time, papers, procedure, law; each line with its source. */
export function PolicyScreen() {
  const { policy: say } = usePoolWords()
  const { policyId } = useParams({ strict: false }) as { policyId: string }
  const [filters] = useFilters()
  const on = filters['on']
  const policy = useLoad(`${policyId} ${on ?? ''}`, signal =>
    api('GET /policies/:policyId', { params: { policyId }, query: on ? { on } : {}, signal }),
  )
  if (policy.value) return <PolicyView policy={policy.value} />
  return policy.problem ? (
    <Failed problem={policy.problem} again={policy.again} act={<Link to="/policies">{say.back}</Link>} />
  ) : (
    <Skeleton shape={['title', 'card', 'tall']} />
  )
}

function PolicyView({ policy }: { readonly policy: Policy }) {
  const words = usePoolWords()
  const say = words.policy
  const said = useSaid()
  const language = useLanguage()
  const day = (on: string) => formatDay(on, language)
  const periods = { month: say.month, year: say.year, once: say.once }
  const list = (title: string, lines: Policy['materials'], none?: string) =>
    lines.length === 0 && !none ? null : (
      <section className="sheet pad">
        <h2>{title}</h2>
        {lines.length === 0 ? <p>{none}</p> : null}
        <ul className="lines">
          {lines.map(line => (
            <li key={line.words.zh}>
              {said(line.words)} {line.example && <Example />} <Provenance of={line.provenance} />
            </li>
          ))}
        </ul>
      </section>
    )
  const winner = (with_: { name: { zh: string; en: string }; id: string }, id: string) =>
    id === 'higher'
      ? say.higher
      : id === 'choose'
        ? say.choose
        : say.wins(id === policy.id ? said(policy.name) : said(with_.name))
  return (
    <article className="desk-pile">
      <header>
        <p>
          <Link to="/policies">{say.back}</Link>
        </p>
        <p className="row">
          <Tag tone="line">{policy.id}</Tag>
          <Tag tone="river">{words.kinds[policy.kind]}</Tag>
          <Tag tone="plain">{words.scopes[policy.scope]}</Tag>
          {policy.example && <Example />}
        </p>
        <h1 className="inscription">{said(policy.name)}</h1>
        <p>{said(policy.summary)}</p>
        <p className="second small">{`${said(policy.unit.name)} · ${words.levels[policy.level] ?? ''} · ${say.cases(policy.casesCount)}`}</p>
      </header>
      <Notice tone="river">{say.indication}</Notice>
      <div className="desk-columns">
        <div className="desk-pile">
          <section className="sheet pad">
            <h2>{say.versions}</h2>
            {[...policy.versions].reverse().map(version => (
              <Fold
                key={version.from}
                open={version.inForce}
                title={
                  <>
                    {version.until ? say.period(day(version.from), day(version.until)) : say.since(day(version.from))}{' '}
                    {version.inForce && (
                      <Tag tone="hill" icon="check">
                        {say.inForce}
                      </Tag>
                    )}{' '}
                    {version.example && <Example />}
                  </>
                }
              >
                <h3>{say.rule}</h3>
                <ul className="lines">
                  {version.sentences.map(sentence => (
                    <li key={sentence.zh}>
                      <Icon name="check" /> {said(sentence)}
                    </li>
                  ))}
                </ul>
                {version.benefit && (
                  <>
                    <h3>{say.benefit}</h3>
                    <p>
                      {said(version.benefit.words)}{' '}
                      {version.benefit.period && <span className="second">{periods[version.benefit.period]}</span>}{' '}
                      {version.benefit.example && <Example />} <Provenance of={version.benefit.provenance} />
                    </p>
                  </>
                )}
                <Fold title={say.asText} plain>
                  <pre className="rule-text">{version.condition}</pre>
                  {version.benefit?.formula && (
                    <>
                      <h3>{say.formula}</h3>
                      <pre className="rule-text">{version.benefit.formula}</pre>
                    </>
                  )}
                  {version.rulings.length > 0 && (
                    <p className="second small">{say.rulings(version.rulings.join(' '))}</p>
                  )}
                </Fold>
                <Provenance of={version.provenance} />
              </Fold>
            ))}
          </section>
          {policy.figures.length > 0 && (
            <section className="sheet pad">
              <h2>{say.figures}</h2>
              <Table
                caption={say.figures}
                rows={policy.figures.flatMap(figure =>
                  [...figure.rows].reverse().map((row, at) => ({ ...row, figure, first: at === 0 })),
                )}
                rowKey={row => `${row.figure.key} ${row.from}`}
                columns={[
                  {
                    key: 'figure',
                    head: say.figure,
                    main: true,
                    cell: row => <span className={row.first ? '' : 'again'}>{said(row.figure.label)}</span>,
                  },
                  {
                    key: 'from',
                    head: say.from,
                    cell: row => (
                      <>
                        <span className="whole">{day(row.from)}</span>{' '}
                        {row.inForce && (
                          <Tag tone="hill" icon="check">
                            {say.inForce}
                          </Tag>
                        )}
                      </>
                    ),
                  },
                  {
                    key: 'value',
                    head: say.value,
                    figure: true,
                    cell: row => (
                      <>
                        {typeof row.value === 'number' ? row.value.toLocaleString('en-US') : row.value}{' '}
                        <span className="second small">{row.figure.unit ? said(row.figure.unit) : ''}</span>
                      </>
                    ),
                  },
                  {
                    key: 'provenance',
                    head: say.provenance,
                    cell: row => (
                      <>
                        {row.example && <Example />} <Provenance of={row.provenance} />
                      </>
                    ),
                  },
                ]}
              />
            </section>
          )}
          {list(say.notes, policy.notes)}
        </div>
        <div className="desk-pile">
          {list(say.materials, policy.materials, say.noMaterials)}
          <section className="sheet pad">
            <h2>{say.procedure}</h2>
            <p className="second">{say.where(said(policy.procedure.apply))}</p>
            <ol className="lines numbered">
              {policy.procedure.steps.map(step => (
                <li key={step.words.zh}>
                  {said(step.words)}{' '}
                  {step.workingDays !== null && <Tag tone="line">{say.workingDays(step.workingDays)}</Tag>}{' '}
                  {step.example && <Example />} <Provenance of={step.provenance} />
                </li>
              ))}
            </ol>
            {policy.procedure.workingDays !== null && (
              <p className="second">{say.days(policy.procedure.workingDays)}</p>
            )}
          </section>
          {policy.exclusions.length > 0 && (
            <section className="sheet pad">
              <h2>{say.exclusions}</h2>
              <ul className="lines">
                {policy.exclusions.map(line => (
                  <li key={line.with.id}>
                    <Link to="/policies/$policyId" params={{ policyId: line.with.id } as never}>
                      {said(line.with.name)}
                    </Link>{' '}
                    <Tag tone="line">{winner(line.with, line.winner)}</Tag>{' '}
                    {line.note && <span className="second">{said(line.note)}</span>}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {policy.opens.length > 0 && (
            <section className="sheet slim">
              <Fold title={`${say.opens} (${String(policy.opens.length)})`} plain>
                <ul className="lines">
                  {policy.opens.map(opened => (
                    <li key={opened.id}>
                      <Link to="/policies/$policyId" params={{ policyId: opened.id } as never}>
                        {said(opened.name)}
                      </Link>
                    </li>
                  ))}
                </ul>
              </Fold>
            </section>
          )}
          {policy.facts.length > 0 && (
            <section className="sheet slim">
              <Fold title={`${say.facts} (${String(policy.facts.length)})`} plain>
                <ul className="lines">
                  {policy.facts.map(fact => (
                    <li key={fact.name}>{said(fact.label)}</li>
                  ))}
                </ul>
              </Fold>
            </section>
          )}
          {list(say.law, policy.legalBasis)}
          <Sources tags={tagsIn(policy)} />
        </div>
      </div>
    </article>
  )
}
