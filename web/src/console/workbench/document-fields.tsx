import type { Words } from '@zhulian/kernel'
import { Fragment } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { AmountField, ConditionFields } from './condition.tsx'
import { useDictionary } from './dictionary.ts'
import { dayAfter, filled, put, type Row, type RuleDocument, type Version } from './document.ts'
import { ProblemsAt, Sources, UnitField } from './field-parts.tsx'
import { PaperFields } from './paper-fields.tsx'
import { AlertFields } from './alert-fields.tsx'
import { PointsFields } from './points-fields.tsx'
import { SortingFields } from './sorting-fields.tsx'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']

interface Edited {
  readonly document: RuleDocument
  readonly onChange: (next: RuleDocument) => void
  /** What the last check found, each at its place. */
  readonly problems: Problems
}

type WordField = 'name' | 'summary' | 'dose' | 'provider' | 'unitOfService' | 'output' | 'outcome'

/**
 * Everything of a rule that is written here: of a policy its dated versions, of a figure its rows, of a service its
 * condition, of circles and classes their lines, of an alert its levels, of the card its items.
 */
export function DocumentFields({ document, onChange, problems }: Edited) {
  const say = useWorkbenchWords().document
  const dictionary = useDictionary()
  const said = (['dose', 'provider', 'unitOfService', 'output', 'outcome'] as const).map(
    field => [field, ...say.service[field]] as const,
  )
  const words = (field: WordField, zh: string, en: string) => {
    const now = document[field] as Words | string | undefined
    if (typeof now !== 'object') return null
    const set = (part: Partial<Words>) => onChange({ ...document, [field]: { ...now, ...part } })
    return (
      <div className="fields-two">
        <TextField label={zh} maxLength={400} value={now.zh} onChange={value => set({ zh: value })} />
        <TextField label={en} maxLength={800} value={now.en} onChange={value => set({ en: value })} />
      </div>
    )
  }
  if (document.lines || document.classes)
    return (
      <div className="desk-pile">
        <SortingFields {...{ document, problems, dictionary, onChange }} />
      </div>
    )
  if (document.levels) return <AlertFields {...{ document, problems, dictionary, onChange }} />
  if (document.items) return <PointsFields {...{ document, problems, dictionary, onChange }} />
  if (document.rows) return <RowFields document={document} onChange={onChange} problems={problems} />
  return (
    <div className="desk-pile">
      {document.versions && <VersionFields {...{ document, onChange, problems }} />}
      {document.condition !== undefined && (
        <section className="sheet pad">
          <ConditionFields
            label={say.condition}
            text={document.condition}
            scope="person"
            dictionary={dictionary}
            onChange={condition => onChange({ ...document, condition })}
          />
          <ProblemsAt problems={problems} field="condition" />
        </section>
      )}
      <section className="sheet slim">
        <Fold title={say.about} plain>
          <div className="desk-pile">
            {words('name', say.name, say.nameEn)}
            {words('summary', say.summary, say.summaryEn)}
            {typeof document.unit === 'string' && document.versions && (
              <UnitField unit={document.unit} onChange={unit => onChange({ ...document, unit })} />
            )}
            <ProblemsAt problems={problems} field="unit" />
            {said
              .filter(([field]) => document[field] !== undefined)
              .map(([field, label, labelEn]) => (
                <Fragment key={field}>{words(field, label, labelEn)}</Fragment>
              ))}
          </div>
        </Fold>
      </section>
      <PaperFields {...{ document, onChange, problems }} />
    </div>
  )
}

function VersionFields({ document, onChange, problems }: Edited) {
  const say = useWorkbenchWords().document
  const language = useLanguage()
  const versions = document.versions ?? []
  const dictionary = useDictionary()
  const set = (i: number, next: Version | undefined) => onChange({ ...document, versions: put(versions, i, next) })
  const scope = document.scope ?? 'household'
  const last = versions.at(-1)
  return (
    <section className="sheet pad">
      <div className="desk-card-head">
        <h2>{say.versions}</h2>
        {last && (
          <Button
            icon="plus"
            onClick={() => onChange({ ...document, versions: [...versions, { ...last, from: dayAfter(last.from) }] })}
          >
            {say.addVersion}
          </Button>
        )}
      </div>
      {versions.map((version, i) => (
        // The day may be what is edited: the place in the list stays.
        <Fold
          key={`version-${String(i)}`}
          open={i === versions.length - 1}
          title={
            <>
              {say.version(formatDay(version.from, language))}{' '}
              {problems.some(p => p.field?.startsWith(`versions.${String(i)}.`)) && (
                <Tag tone="seal" icon="warning">
                  {String(problems.filter(p => p.field?.startsWith(`versions.${String(i)}.`)).length)}
                </Tag>
              )}
            </>
          }
        >
          <div className="desk-pile">
            <div className="row">
              <DayField label={say.from} value={version.from} onChange={from => set(i, { ...version, from })} />
              {versions.length > 1 && (
                <Button kind="text" icon="close" onClick={() => set(i, undefined)}>
                  {say.removeVersion}
                </Button>
              )}
            </div>
            <ProblemsAt problems={problems} field={`versions.${String(i)}.from`} />
            <h3>{say.condition}</h3>
            <ConditionFields
              label={say.condition}
              text={version.condition.trim()}
              scope={scope}
              dictionary={dictionary}
              onChange={condition => set(i, { ...version, condition })}
            />
            <ProblemsAt problems={problems} field={`versions.${String(i)}.condition`} />
            <BenefitFields version={version} scope={scope} onChange={next => set(i, next)} />
            <ProblemsAt problems={problems} field={`versions.${String(i)}.benefit`} />
            <Sources hinted value={version.provenance} onChange={provenance => set(i, { ...version, provenance })} />
          </div>
        </Fold>
      ))}
    </section>
  )
}

function BenefitFields({
  version,
  scope,
  onChange,
}: {
  readonly version: Version
  readonly scope: 'household' | 'person'
  readonly onChange: (next: Version) => void
}) {
  const say = useWorkbenchWords().document
  const { benefit } = version
  const set = (part: Partial<Version['benefit']>) => onChange({ ...version, benefit: { ...benefit, ...part } })
  return (
    <>
      <div className="fields-two">
        <SelectField
          label={say.kind}
          value={benefit.kind}
          options={Object.entries(say.kinds).map(([value, label]) => ({ value, label }))}
          onChange={kind => set({ kind })}
        />
        <SelectField
          label={say.period}
          value={benefit.period ?? ''}
          blank={say.noPeriod}
          options={Object.entries(say.periods).map(([value, label]) => ({ value, label }))}
          onChange={chosen => {
            const { period: _, ...rest } = benefit
            onChange({ ...version, benefit: chosen === '' ? rest : { ...benefit, period: chosen } })
          }}
        />
      </div>
      <AmountField
        text={benefit.amount?.trim() ?? ''}
        scope={scope}
        onChange={amount => {
          const { amount: _, ...rest } = benefit
          onChange({ ...version, benefit: filled(amount) === undefined ? rest : { ...benefit, amount } })
        }}
      />
      {(benefit.amount !== undefined || benefit.atLeast !== undefined) && (
        <AmountField
          least
          text={benefit.atLeast?.trim() ?? ''}
          scope={scope}
          onChange={atLeast => {
            const { atLeast: _, ...rest } = benefit
            onChange({ ...version, benefit: filled(atLeast) === undefined ? rest : { ...benefit, atLeast } })
          }}
        />
      )}
      <div className="fields-two">
        <TextField
          label={say.benefit}
          maxLength={400}
          value={benefit.words.zh}
          onChange={zh => set({ words: { ...benefit.words, zh } })}
        />
        <TextField
          label={say.benefitEn}
          maxLength={800}
          value={benefit.words.en}
          onChange={en => set({ words: { ...benefit.words, en } })}
        />
      </div>
      <Sources label={say.benefitProvenance} value={benefit.provenance} onChange={provenance => set({ provenance })} />
    </>
  )
}

/** The dated figures as a table that is written in. */
function RowFields({ document, onChange, problems }: Edited) {
  const say = useWorkbenchWords().document
  const said = useSaid()
  const rows = document.rows ?? []
  const last = rows.at(-1)
  const set = (i: number, next: Row | undefined) => onChange({ ...document, rows: put(rows, i, next) })
  const unit = typeof document.unit === 'object' ? said(document.unit) : undefined
  return (
    <section className="sheet pad">
      <div className="desk-card-head">
        <h2>{say.rows}</h2>
        {last && (
          <Button
            icon="plus"
            onClick={() => onChange({ ...document, rows: [...rows, { ...last, from: dayAfter(last.from) }] })}
          >
            {say.addRow}
          </Button>
        )}
      </div>
      <p className="second small">{say.provenanceHint}</p>
      <ol className="figure-rows">
        {rows.map((row, i) => (
          // The day may be what is edited: the place in the list stays.
          <li key={`row-${String(i)}`}>
            <fieldset className="figure-row">
              <legend className="unseen">{say.row(i + 1)}</legend>
              <DayField label={say.from} value={row.from} onChange={from => set(i, { ...row, from })} />
              <DayField
                label={say.until}
                value={row.until ?? ''}
                onChange={until => {
                  const { until: _, ...rest } = row
                  set(i, filled(until) === undefined ? rest : { ...row, until })
                }}
              />
              <label className="day-field">
                {say.value}
                <input
                  type="number"
                  step="any"
                  value={row.value}
                  onChange={event => set(i, { ...row, value: event.currentTarget.valueAsNumber || 0 })}
                />
                {unit && <span className="second small">{unit}</span>}
              </label>
              <Sources value={row.provenance} onChange={provenance => set(i, { ...row, provenance })} />
              {rows.length > 1 && (
                <Button kind="text" icon="close" onClick={() => set(i, undefined)}>
                  {say.removeRow}
                </Button>
              )}
            </fieldset>
            <ProblemsAt problems={problems} field={`rows.${String(i)}`} />
          </li>
        ))}
      </ol>
    </section>
  )
}
