import { Fold } from '../../parts/fold.tsx'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from '../pools/provenance.tsx'
import { usePoolWords } from '../pools/words.ts'
import type { RuleDocument, TracedWords } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** What a resident reads beside the rule, to read here too: papers, where to go and how long it takes, legal basis, notes. */
export function Papers({ document }: { readonly document: RuleDocument }) {
  const say = useWorkbenchWords().papers
  const said = useSaid()
  const { levels } = usePoolWords()
  const { procedure, summary } = document
  const source = ({ provenance }: TracedWords) => (
    <>
      {provenance.includes('I') && <Example />} <Provenance of={provenance} />
    </>
  )
  return (
    <>
      {summary && (
        <section className="sheet pad">
          <h2>{say.summary}</h2>
          <p>{said(summary)}</p>
        </section>
      )}
      {procedure && (
        <section className="sheet slim">
          <Fold title={say.procedure} plain>
            <p>{said(procedure.apply)}</p>
            <p className="second">
              {say.level} {levels[procedure.level] ?? procedure.level}
            </p>
            <ol className="lines">
              {procedure.steps.map(step => (
                <li key={step.zh}>
                  {said(step)}{' '}
                  {step.workingDays !== undefined && <span className="second">{say.inDays(step.workingDays)}</span>}{' '}
                  {source(step)}
                </li>
              ))}
            </ol>
          </Fold>
        </section>
      )}
      {(['materials', 'legalBasis', 'notes'] as const).map(field => {
        const lines = document[field]
        return (
          lines &&
          lines.length > 0 && (
            <section key={field} className="sheet slim">
              <Fold title={say[field]} plain>
                <ul className="lines">
                  {lines.map(line => (
                    <li key={line.zh}>
                      {said(line)} {source(line)}
                    </li>
                  ))}
                </ul>
              </Fold>
            </section>
          )
        )
      })}
    </>
  )
}
