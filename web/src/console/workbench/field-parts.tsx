import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Example } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
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
