import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { tagsIn } from './document.ts'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']

/** Where a line comes from; an example shows that it is one. */
export function Sources({
  label,
  value,
  onChange,
  hinted,
}: {
  /** How tags are written; once is enough where there are many. */
  readonly hinted?: boolean
  readonly label?: string
  readonly value: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
}) {
  const say = useWorkbenchWords().document
  return (
    <div className="provenance-field">
      <TextField
        label={label ?? say.provenance}
        hint={hinted && say.provenanceHint}
        maxLength={80}
        value={value.join(' ')}
        onChange={text => onChange(text.endsWith(' ') ? [...tagsIn(text), ''] : tagsIn(text))}
      />
      {value.includes('I') && <Example />}
    </div>
  )
}

export function ProblemsAt({ problems, field }: { readonly problems: Problems; readonly field: string }) {
  const said = useSaid()
  const say = useWorkbenchWords().problem
  const here = problems.filter(p => p.field === field || p.field?.startsWith(`${field}.`))
  if (here.length === 0) return null
  return (
    <ul className="faults">
      {here.map(p => (
        <li key={`${p.where} ${p.words.zh}`} className="field-error">
          <Icon name="warning" />
          <span>
            {p.at && `${say.at(p.at.line, p.at.column)} `}
            {said(p.words)}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function UnitField({ unit, onChange }: { readonly unit: string; readonly onChange: (unit: string) => void }) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const units = useLoad('units', signal => api('GET /units', { signal }))
  const options = (units.value?.items ?? []).map(one => ({ value: one.slug, label: said(one.name) }))
  return (
    <>
      {units.problem && <Failed problem={units.problem} again={units.again} />}
      <SelectField
        label={say.unit}
        value={unit}
        {...(!options.some(one => one.value === unit) && { blank: unit })}
        options={options}
        onChange={onChange}
      />
    </>
  )
}

/** A text in both languages. */
export function BothWords({
  value,
  zh,
  en,
  onChange,
}: {
  readonly value: { readonly zh: string; readonly en: string }
  readonly zh?: string
  readonly en?: string
  readonly onChange: (next: { readonly zh?: string; readonly en?: string }) => void
}) {
  const say = useWorkbenchWords().papers
  return (
    <div className="fields-two">
      <TextField
        label={zh ?? say.zh}
        lines={2}
        maxLength={600}
        value={value.zh}
        onChange={next => onChange({ zh: next })}
      />
      <TextField
        label={en ?? say.en}
        lines={2}
        maxLength={1200}
        value={value.en}
        onChange={next => onChange({ en: next })}
      />
    </div>
  )
}

/** A line of a list up, down, or out. */
export function Moves({
  what,
  at,
  of,
  onMove,
  onRemove,
}: {
  readonly what: string
  readonly at: number
  readonly of: number
  readonly onMove: (to: number) => void
  readonly onRemove?: () => void
}) {
  const say = useWorkbenchWords().papers
  return (
    <>
      {at > 0 && (
        <Button kind="text" name={say.upOf(what)} onClick={() => onMove(at - 1)}>
          {say.up}
        </Button>
      )}
      {at < of - 1 && (
        <Button kind="text" name={say.downOf(what)} onClick={() => onMove(at + 1)}>
          {say.down}
        </Button>
      )}
      {onRemove && (
        <Button kind="text" icon="close" name={say.removeOf(what)} onClick={onRemove}>
          {say.remove}
        </Button>
      )}
    </>
  )
}

export function moved<T>(all: readonly T[], from: number, to: number): readonly T[] {
  const next = [...all]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
