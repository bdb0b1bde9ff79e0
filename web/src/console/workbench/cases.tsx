import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import type { Check } from './check.tsx'
import type { WorkedCase } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** The worked households of a rule, each with how it came out, and the way to add one. */
export function Cases({
  cases,
  owner,
  check,
  onEdit,
}: {
  readonly cases: readonly WorkedCase[]
  readonly owner: string
  /** The last check, when nothing was changed since. */
  readonly check: Check | undefined
  /** An index beyond the last adds one. Absent where nothing can be edited. */
  readonly onEdit: ((index: number, example: WorkedCase) => void) | undefined
}) {
  const say = useWorkbenchWords().cases
  const language = useLanguage()
  const failed = new Set(check?.cases.failed.filter(f => f.owner === owner).map(f => f.index))
  const last = cases.at(-1)
  return (
    <section className="sheet slim">
      <Fold title={say.title(cases.length)} plain>
        <p className="second">{cases.length === 0 ? say.none : say.text}</p>
        <ul className="lines plain">
          {cases.map((example, i) => (
            <li key={`${String(i)} ${example.name}`} className="case-line">
              <span>
                {example.name} <span className="second small">{formatDay(example.on, language)}</span>{' '}
                {check && (check.ready || check.cases.ran > 0) && (
                  <Tag tone={failed.has(i) ? 'seal' : 'hill'} icon={failed.has(i) ? 'warning' : 'check'}>
                    {failed.has(i) ? say.failed : say.passed}
                  </Tag>
                )}
              </span>
              {onEdit && (
                <span className="row">
                  <Button kind="text" name={say.editName(example.name)} onClick={() => onEdit(i, example)}>
                    {say.edit}
                  </Button>
                  <Button kind="text" name={say.copyName(example.name)} onClick={() => onEdit(cases.length, example)}>
                    {say.copy}
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
        {onEdit && (
          <Button
            icon="plus"
            onClick={() =>
              onEdit(
                cases.length,
                last ?? { name: '', on: '2021-09-26', household: {}, persons: [{ key: 'a' }], expect: {} },
              )
            }
          >
            {say.add}
          </Button>
        )}
      </Fold>
    </section>
  )
}

/** One worked household: its facts and what must come out, as JSON like those that are there. */
export function CaseDialog({
  example,
  isNew,
  onKeep,
  onClose,
}: {
  readonly example: WorkedCase
  /** It is what the new one begins from. */
  readonly isNew: boolean
  /** undefined takes it out. */
  readonly onKeep: (next: WorkedCase | undefined) => void
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useWorkbenchWords().cases
  const [name, setName] = useState(example.name)
  const [on, setOn] = useState(example.on)
  const [texts, setTexts] = useState(() => ({
    household: JSON.stringify(example.household, undefined, 1),
    persons: JSON.stringify(example.persons, undefined, 1),
    expect: JSON.stringify(example.expect, undefined, 1),
  }))
  const read = { household: jsonIn(texts.household), persons: jsonIn(texts.persons), expect: jsonIn(texts.expect) }
  const isRight = name.trim() !== '' && on !== '' && Object.values(read).every(value => value !== undefined)
  return (
    <Dialog title={isNew ? say.add : say.editName(example.name)} closeName={words.close} onClose={onClose} wide>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (isRight) onKeep({ ...example, name: name.trim(), on, ...read })
        }}
      >
        <TextField label={say.name} maxLength={200} value={name} onChange={setName} />
        <DayField label={say.on} value={on} onChange={setOn} />
        {(['expect', 'household', 'persons'] as const).map(part => (
          <TextField
            key={part}
            label={say[part]}
            hint={say.json}
            error={read[part] === undefined ? say.bad : undefined}
            lines={part === 'persons' ? 10 : 6}
            value={texts[part]}
            onChange={value => setTexts({ ...texts, [part]: value })}
          />
        ))}
        <div className="row">
          <Button kind="main" submit off={!isRight}>
            {say.keep}
          </Button>
          {!isNew && (
            <Button kind="danger" onClick={() => onKeep(undefined)}>
              {say.remove}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
