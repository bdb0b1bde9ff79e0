import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { usePoolWords } from '../pools/words.ts'
import { type Procedure, put, type RuleDocument, type Step, type TracedWords } from './document.ts'
import { BothWords, moved, Moves, ProblemsAt, Sources } from './field-parts.tsx'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']

interface Edited {
  readonly document: RuleDocument
  readonly problems: Problems
  readonly onChange: (next: RuleDocument) => void
}

const lists = ['materials', 'legalBasis', 'notes'] as const
const deciders = ['village', 'township', 'district', 'unit'] as const

/** What a resident reads beside the rule: papers, where to go and how long it takes, legal basis, notes. */
export function PaperFields({ document, problems, onChange }: Edited) {
  const say = useWorkbenchWords().papers
  const { procedure } = document
  return (
    <>
      {procedure && (
        <Part title={say.procedure} count={procedure.steps.length} problems={problems} field="procedure">
          <ProcedureFields
            procedure={procedure}
            problems={problems}
            onChange={next => onChange({ ...document, procedure: next })}
          />
        </Part>
      )}
      {lists.map(field => {
        const lines = document[field]
        if (!lines && field !== 'notes') return null
        return (
          <Part key={field} title={say[field]} count={lines?.length ?? 0} problems={problems} field={field}>
            <WordLines
              title={say[field]}
              field={field}
              lines={lines ?? []}
              problems={problems}
              onChange={next => {
                const { [field]: _, ...rest } = document
                // A policy without notes has no such part.
                onChange(
                  field === 'notes' && next.length === 0 ? (rest as RuleDocument) : { ...document, [field]: next },
                )
              }}
            />
          </Part>
        )
      })}
    </>
  )
}

function Part({
  title,
  count,
  problems,
  field,
  children,
}: {
  readonly title: string
  readonly count: number
  readonly problems: Problems
  readonly field: string
  readonly children: React.ReactNode
}) {
  const say = useWorkbenchWords().papers
  const found = problems.filter(p => p.field === field || p.field?.startsWith(`${field}.`)).length
  return (
    <section className="sheet slim">
      <Fold
        plain
        title={
          <>
            {say.counted(title, count)}{' '}
            {found > 0 && (
              <Tag tone="seal" icon="warning">
                {String(found)}
              </Tag>
            )}
          </>
        }
      >
        {children}
      </Fold>
    </section>
  )
}

function WordLines({
  title,
  field,
  lines,
  problems,
  onChange,
}: {
  readonly title: string
  readonly field: string
  readonly lines: readonly TracedWords[]
  readonly problems: Problems
  readonly onChange: (next: readonly TracedWords[]) => void
}) {
  const { papers: say, document } = useWorkbenchWords()
  return (
    <div className="desk-pile">
      {lines.length > 0 && <p className="second small">{document.provenanceHint}</p>}
      {lines.map((line, i) => (
        // What stands here has no name of its own; its place is all there is.
        <fieldset key={`line-${String(i)}`} className="paper-line">
          <legend className="unseen">{say.line(title, i + 1)}</legend>
          <BothWords value={line} onChange={next => onChange(put(lines, i, { ...line, ...next }))} />
          <div className="row">
            <Sources
              value={line.provenance}
              onChange={provenance => onChange(put(lines, i, { ...line, provenance }))}
            />
            <Moves
              what={say.line(title, i + 1)}
              at={i}
              of={lines.length}
              onMove={to => onChange(moved(lines, i, to))}
              onRemove={() => onChange(put(lines, i, undefined))}
            />
          </div>
          <ProblemsAt problems={problems} field={`${field}.${String(i)}`} />
        </fieldset>
      ))}
      <Button kind="text" icon="plus" onClick={() => onChange([...lines, { zh: '', en: '', provenance: ['I'] }])}>
        {say.add}
      </Button>
    </div>
  )
}

function ProcedureFields({
  procedure,
  problems,
  onChange,
}: {
  readonly procedure: Procedure
  readonly problems: Problems
  readonly onChange: (next: Procedure) => void
}) {
  const say = useWorkbenchWords().papers
  const { levels } = usePoolWords()
  const { steps } = procedure
  const options = deciders.map(value => ({ value, label: levels[value] ?? value }))
  const set = (i: number, next: Step | undefined) => onChange({ ...procedure, steps: put(steps, i, next) })
  const last = steps.at(-1)
  return (
    <div className="desk-pile">
      <BothWords
        value={procedure.apply}
        zh={say.apply}
        en={say.applyEn}
        onChange={next => onChange({ ...procedure, apply: { ...procedure.apply, ...next } })}
      />
      <SelectField
        label={say.level}
        value={procedure.level}
        options={options}
        onChange={level => onChange({ ...procedure, level: level as Procedure['level'] })}
      />
      <ol className="desk-pile plain">
        {steps.map((step, i) => (
          // Steps have no name of their own; their place is all there is.
          <li key={`step-${String(i)}`}>
            <fieldset className="paper-line">
              <legend>{say.step(i + 1)}</legend>
              <BothWords value={step} onChange={next => set(i, { ...step, ...next })} />
              <div className="fields-two">
                <SelectField
                  label={say.who}
                  value={step.who}
                  options={options}
                  onChange={who => set(i, { ...step, who: who as Step['who'] })}
                />
                <TextField
                  label={say.days}
                  hint={say.daysHint}
                  inputMode="numeric"
                  maxLength={4}
                  unit={say.daysUnit}
                  value={step.workingDays === undefined ? '' : String(step.workingDays)}
                  onChange={typed => {
                    const { workingDays: _, ...rest } = step
                    const digits = typed.replaceAll(/\D/g, '')
                    set(i, digits === '' ? rest : { ...step, workingDays: Number(digits) })
                  }}
                />
              </div>
              <div className="row">
                <Sources value={step.provenance} onChange={provenance => set(i, { ...step, provenance })} />
                <Moves
                  what={say.step(i + 1)}
                  at={i}
                  of={steps.length}
                  onMove={to => onChange({ ...procedure, steps: moved(steps, i, to) })}
                  {...(steps.length > 1 && { onRemove: () => set(i, undefined) })}
                />
              </div>
              <ProblemsAt problems={problems} field={`procedure.steps.${String(i)}`} />
            </fieldset>
          </li>
        ))}
      </ol>
      <Button
        kind="text"
        icon="plus"
        onClick={() =>
          onChange({
            ...procedure,
            steps: [...steps, { who: last?.who ?? procedure.level, zh: '', en: '', provenance: ['I'] }],
          })
        }
      >
        {say.addStep}
      </Button>
    </div>
  )
}
