import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { ConditionFields } from './condition.tsx'
import type { Dictionary } from './dictionary.ts'
import { plans, put, type RuleDocument, type SortingLine } from './document.ts'
import { BothWords, moved, Moves, ProblemsAt, Sources } from './field-parts.tsx'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']
export type SortingList = 'lines' | 'classes' | 'primary'

interface Edited {
  readonly document: RuleDocument
  readonly problems: Problems
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: RuleDocument) => void
}

/** What sorts people into circles, or households into classes: lines in order, each with its condition. */
export function SortingFields({ document, problems, dictionary, onChange }: Edited) {
  const lists = (['lines', 'classes', 'primary'] as const).filter(list => document[list])
  return lists.map(list => (
    <Lines
      key={list}
      list={list}
      lines={document[list] ?? []}
      {...{ problems, dictionary }}
      onChange={lines => onChange({ ...document, [list]: lines })}
    />
  ))
}

/** What a new line says first: something that somebody is, to be changed. */
const begun: Readonly<Record<SortingList, SortingLine>> = {
  lines: { circle: 3, label: { zh: '', en: '' }, condition: 'person.age >= 80', provenance: ['I'] },
  classes: { class: 'prevention', label: { zh: '', en: '' }, condition: 'household.size >= 1', provenance: ['I'] },
  primary: { class: 'prevention', condition: 'household.size >= 1', provenance: ['I'] },
}

function Lines({
  list,
  lines,
  problems,
  dictionary,
  onChange,
}: {
  readonly list: SortingList
  readonly lines: readonly SortingLine[]
  readonly problems: Problems
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: readonly SortingLine[]) => void
}) {
  const say = useWorkbenchWords().sorting
  // An opened line stays open where it is moved to.
  const [marks, setMarks] = useState<readonly number[]>(() => [...lines.keys()])
  const [fresh, setFresh] = useState<number>()
  if (marks.length !== lines.length) setMarks([...lines.keys()])
  const both = (nextMarks: readonly number[], next: readonly SortingLine[]) => {
    setMarks(nextMarks)
    onChange(next)
  }
  const add = () => {
    const mark = Math.max(-1, ...marks) + 1
    setFresh(mark)
    both([...marks, mark], [...lines, begun[list]])
  }
  return (
    <section className="sheet pad">
      <div className="desk-card-head">
        <h2>{say.lists[list]}</h2>
        <Button icon="plus" onClick={add}>
          {say.add}
        </Button>
      </div>
      <p className="second small">{say.listText[list]}</p>
      {lines.map((line, i) => (
        <LineFields
          key={`line-${String(marks[i] ?? i)}`}
          {...{ list, line, problems, dictionary }}
          at={i}
          of={lines.length}
          isNew={marks[i] === fresh}
          onChange={next => onChange(put(lines, i, next))}
          onMove={to => both(moved(marks, i, to), moved(lines, i, to))}
          {...(lines.length > 1 && { onRemove: () => both(put(marks, i, undefined), put(lines, i, undefined)) })}
        />
      ))}
    </section>
  )
}

function LineFields({
  list,
  line,
  at,
  of,
  isNew,
  problems,
  dictionary,
  onChange,
  onMove,
  onRemove,
}: {
  readonly list: SortingList
  readonly line: SortingLine
  readonly at: number
  readonly of: number
  readonly isNew: boolean
  readonly problems: Problems
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: SortingLine) => void
  readonly onMove: (to: number) => void
  readonly onRemove?: () => void
}) {
  const words = useWorkbenchWords()
  const say = words.sorting
  const name = useLineName()
  const field = `${list}.${String(at)}`
  const found = problems.filter(p => p.field === field || p.field?.startsWith(`${field}.`)).length
  return (
    <Fold
      late
      open={isNew}
      title={
        <>
          {at + 1}. {name(line)}{' '}
          {found > 0 && (
            <Tag tone="seal" icon="warning">
              {String(found)}
            </Tag>
          )}
        </>
      }
    >
      <div className="desk-pile">
        {line.circle === undefined ? (
          <SelectField
            label={say.class}
            value={line.class ?? ''}
            options={plans.map(value => ({ value, label: say.classes[value] }))}
            onChange={value => onChange({ ...line, class: value as (typeof plans)[number] })}
          />
        ) : (
          <SelectField
            label={say.circle}
            value={String(line.circle)}
            options={(['1', '2', '3'] as const).map(value => ({ value, label: say.circles[value] }))}
            onChange={value => onChange({ ...line, circle: Number(value) as 1 | 2 | 3 })}
          />
        )}
        {line.label && (
          <BothWords
            value={line.label}
            zh={say.label}
            en={say.labelEn}
            onChange={next => onChange({ ...line, label: { zh: '', en: '', ...line.label, ...next } })}
          />
        )}
        <ConditionFields
          label={say.condition}
          text={line.condition.trim()}
          scope={list === 'lines' ? 'person' : 'household'}
          dictionary={dictionary}
          onChange={condition => onChange({ ...line, condition })}
        />
        <div className="row">
          <Sources hinted value={line.provenance} onChange={provenance => onChange({ ...line, provenance })} />
          <Moves what={name(line)} {...{ at, of, onMove }} {...(onRemove && { onRemove })} />
        </div>
      </div>
      <ProblemsAt problems={problems} field={field} />
    </Fold>
  )
}

/** `第一圈 · 特困供养人员`, or the class where a line has no label. */
export function useLineName(): (line: SortingLine) => string {
  const say = useWorkbenchWords().sorting
  const said = useSaid()
  return line => {
    const to = line.circle === undefined ? say.classes[line.class ?? 'prevention'] : say.circles[line.circle]
    const label = line.label && said(line.label)
    return label && label !== to ? `${to} · ${label}` : to
  }
}
