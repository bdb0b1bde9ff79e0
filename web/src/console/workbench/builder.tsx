import { signs, type Group, type Line, type Members, type Part, type Sign, type TextLine } from '@zhulian/kernel'
import { useId } from 'react'
import { Button } from '../../parts/button.tsx'
import { useSaid } from '../../platform/words.ts'
import { type Bound, type Compared, factOf, fieldsOf, type Dictionary } from './dictionary.ts'
import { put } from './document.ts'
import { useWorkbenchWords } from './words.ts'

interface Place {
  readonly dictionary: Dictionary
  readonly scope: 'household' | 'person'
  /** How members are called in the groups around. */
  readonly bound: readonly Bound[]
}

interface Edited<P> extends Place {
  readonly part: P
  readonly onChange: (next: P) => void
}

/** A condition as nested groups of lines. Every change gives a whole new group. */
export function GroupFields({
  part,
  onChange,
  onRemove,
  ...place
}: Edited<Group> & { readonly onRemove?: () => void }) {
  const say = useWorkbenchWords().builder
  const add = (next: Part) => onChange({ ...part, parts: [...part.parts, next] })
  const innermost = place.bound.at(-1)
  const firstLine: Line = innermost
    ? lineAbout(innermost, place.dictionary)
    : place.scope === 'person'
      ? { kind: 'line', fact: 'person.age', sign: '>=', value: '18' }
      : { kind: 'line', fact: 'household.size', sign: '>=', value: '1' }
  return (
    <fieldset className="built-group">
      <legend className="unseen">{say.group}</legend>
      <div className="built-head">
        <select
          aria-label={say.join}
          value={part.join}
          onChange={event => onChange({ ...part, join: event.currentTarget.value as Group['join'] })}
        >
          {(['all', 'any'] as const).map(join => (
            <option key={join} value={join}>
              {say.joins[join]}
            </option>
          ))}
        </select>
        {onRemove && (
          <>
            <Not value={part.not} onChange={not => onChange({ ...part, not })} />
            <Button kind="text" icon="close" name={say.removeLine(say.group)} onClick={onRemove}>
              {say.remove}
            </Button>
          </>
        )}
      </div>
      <ul className="built-parts">
        {part.parts.map((one, i) => (
          // What stands here has no name of its own; its place is all there is.
          <li key={`part-${String(i)}`}>
            <PartFields
              {...place}
              part={one}
              onChange={next => onChange({ ...part, parts: put(part.parts, i, next) })}
              onRemove={() => onChange({ ...part, parts: put(part.parts, i, undefined) })}
            />
          </li>
        ))}
      </ul>
      <div className="row">
        <Button kind="text" icon="plus" onClick={() => add(firstLine)}>
          {say.addLine}
        </Button>
        <Button
          kind="text"
          icon="plus"
          onClick={() =>
            add({ kind: 'group', join: part.join === 'all' ? 'any' : 'all', not: false, parts: [firstLine, firstLine] })
          }
        >
          {say.addGroup}
        </Button>
        {place.bound.length === 0 && (
          <Button
            kind="text"
            icon="plus"
            onClick={() =>
              add({
                kind: 'members',
                list: 'household.members',
                how: 'exists',
                as: 'm',
                not: false,
                part: { kind: 'line', fact: 'm.age', sign: '>=', value: '60' },
              })
            }
          >
            {say.addMembers}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

/** What a new line within a list begins with: its first part, or the age of a member. */
function lineAbout({ as, list }: Bound, dictionary: Dictionary): Line {
  const field = fieldsOf(list, dictionary)?.[0]
  if (!field) return { kind: 'line', fact: `${as}.age`, sign: '>=', value: '18' }
  const sign = signsFor(field.type)[0] ?? '=='
  return { kind: 'line', fact: `${as}.${field.name}`, sign, value: valueFor(sign, '', field) }
}

function PartFields({ part, onRemove, ...rest }: Edited<Part> & { readonly onRemove: () => void }) {
  switch (part.kind) {
    case 'group':
      return <GroupFields {...rest} part={part} onRemove={onRemove} />
    case 'line':
      return <LineFields {...rest} part={part} onRemove={onRemove} />
    case 'members':
      return <MembersFields {...rest} part={part} onRemove={onRemove} />
    case 'text':
      return <TextFields {...rest} part={part} onRemove={onRemove} />
  }
}

function Not({ value, onChange }: { readonly value: boolean; readonly onChange: (not: boolean) => void }) {
  const say = useWorkbenchWords().builder
  return (
    <label className="built-not">
      <input type="checkbox" checked={value} onChange={event => onChange(event.currentTarget.checked)} />
      {say.not}
    </label>
  )
}

function LineFields({ part, onChange, onRemove, ...place }: Edited<Line> & { readonly onRemove: () => void }) {
  const say = useWorkbenchWords().builder
  const said = useSaid()
  const fact = factOf(part.fact, place.bound, place.dictionary)
  const label = fact ? said(fact.label) : part.fact
  const fits = signsFor(fact?.type)
  const choose = (name: string) => {
    const next = factOf(name, place.bound, place.dictionary)
    const fitting = signsFor(next?.type)
    const sign = fitting.includes(part.sign) ? part.sign : (fitting[0] ?? '==')
    onChange({ ...part, fact: name, sign, value: valueFor(sign, next?.type === fact?.type ? part.value : '', next) })
  }
  return (
    <div className="built-line">
      <FactSelect {...place} value={part.fact} onChange={choose} />
      <select
        aria-label={say.sign}
        value={part.sign}
        onChange={event => {
          const sign = event.currentTarget.value as Sign
          onChange({ ...part, sign, value: valueFor(sign, part.value, fact) })
        }}
      >
        {signs
          .filter(sign => fits.includes(sign) || sign === part.sign)
          .map(sign => (
            <option key={sign} value={sign}>
              {say.signs[sign]}
            </option>
          ))}
      </select>
      {part.sign !== 'is' && part.sign !== 'isNot' && (
        <ValueField {...place} line={part} onChange={value => onChange({ ...part, value })} />
      )}
      <Button kind="text" icon="close" name={say.removeLine(label)} onClick={onRemove}>
        {say.remove}
      </Button>
    </div>
  )
}

const ordered = new Set(['integer', 'number', 'money', 'date'])

function signsFor(type: string | undefined): readonly Sign[] {
  if (type === 'boolean') return ['is', 'isNot', '==']
  if (type === undefined) return signs
  return ordered.has(type) ? ['<', '<=', '>', '>=', '==', '!=', 'in'] : ['==', '!=', 'in']
}

/** A value that fits the comparison: a list for `in`, one for the others, none for yes and no. */
function valueFor(
  sign: Sign,
  value: string,
  fact: { readonly type: string; readonly options: readonly { value: unknown }[] } | undefined,
): string {
  if (sign === 'is' || sign === 'isNot') return ''
  const first = fact?.type === 'boolean' ? { value: true } : fact?.options[0]
  const one = value.replace(/^\[([^,]*).*\]$/s, '$1').trim() || (first ? JSON.stringify(first.value) : '0')
  return sign === 'in' ? (value.startsWith('[') ? value : `[${one}]`) : one
}

function FactSelect({
  value,
  onChange,
  dictionary,
  scope,
  bound,
}: Place & { readonly value: string; readonly onChange: (name: string) => void }) {
  const say = useWorkbenchWords().builder
  const said = useSaid()
  const all = [...dictionary.facts.values()].filter(fact => fact.type !== 'list')
  const persons = all.filter(fact => fact.name.startsWith('person.'))
  const options = (as: string, facts: readonly Compared[]) =>
    facts.map(fact => (
      <option key={fact.name} value={fact.name.replace(/^person/, as)}>
        {said(fact.label)}
      </option>
    ))
  const known = factOf(value, bound, dictionary)
  return (
    <select aria-label={say.fact} value={value} onChange={event => onChange(event.currentTarget.value)}>
      {!known && <option value={value}>{nameOf(value, dictionary, said)}</option>}
      {bound.map(({ as, list }) => {
        const fields = fieldsOf(list, dictionary)
        return (
          <optgroup
            key={as}
            label={fields ? said(dictionary.facts.get(list)?.label ?? { zh: as, en: as }) : say.memberOf(as)}
          >
            {fields
              ? fields.map(field => (
                  <option key={field.name} value={`${as}.${field.name}`}>
                    {said(field.label)}
                  </option>
                ))
              : options(as, persons)}
          </optgroup>
        )
      })}
      {scope === 'person' && <optgroup label={say.person}>{options('person', persons)}</optgroup>}
      <optgroup label={say.household}>
        {options(
          'person',
          all.filter(fact => fact.name.startsWith('household.')),
        )}
      </optgroup>
    </select>
  )
}

/** What is no fact may be another policy's condition: `met.P05`. */
function nameOf(name: string, dictionary: Dictionary, said: ReturnType<typeof useSaid>): string {
  const policy = /(?:^|\.)met\.(\w+)$/.exec(name)?.[1]
  const found = dictionary.policies.find(p => p.id === policy)
  return found ? said(found.name) : name
}

function ValueField({
  line,
  onChange,
  dictionary,
  bound,
}: Place & { readonly line: Line; readonly onChange: (value: string) => void }) {
  const say = useWorkbenchWords().builder
  const said = useSaid()
  const list = useId()
  const fact = factOf(line.fact, bound, dictionary)
  const { yes, no } = useWorkbenchWords().cases
  const options =
    fact?.type === 'boolean'
      ? [true, false].map(value => ({ text: String(value), label: value ? yes : no }))
      : (fact?.options ?? []).map(option => ({ text: JSON.stringify(option.value), label: said(option.label) }))
  if (line.sign === 'in' && options.length > 0) {
    const chosen = itemsIn(line.value)
    return (
      <fieldset className="built-several">
        <legend className="unseen">{say.value}</legend>
        {options.map(({ text, label }) => (
          <label key={text}>
            <input
              type="checkbox"
              checked={chosen.includes(text)}
              onChange={event => {
                const next = event.currentTarget.checked ? [...chosen, text] : chosen.filter(one => one !== text)
                onChange(`[${next.join(', ')}]`)
              }}
            />
            {label}
          </label>
        ))}
      </fieldset>
    )
  }
  if (options.some(option => option.text === line.value))
    return (
      <select aria-label={say.value} value={line.value} onChange={event => onChange(event.currentTarget.value)}>
        {options.map(({ text, label }) => (
          <option key={text} value={text}>
            {label}
          </option>
        ))}
      </select>
    )
  const figure = dictionary.figures.find(one => one.name === line.value)
  return (
    <span className="built-value">
      <input
        aria-label={say.value}
        list={list}
        value={line.value}
        spellCheck={false}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <datalist id={list}>
        {dictionary.figures.map(({ name, label }) => (
          <option key={name} value={name}>
            {said(label)}
          </option>
        ))}
      </datalist>
      {figure && <span className="second small">{said(figure.label)}</span>}
    </span>
  )
}

/** The items of `["a", 2]`, each as written. */
const itemsIn = (text: string): readonly string[] => text.match(/"(?:[^"\\]|\\.)*"|[^\s,[\]]+/g) ?? []

function MembersFields({ part, onChange, onRemove, ...place }: Edited<Members> & { readonly onRemove: () => void }) {
  const say = useWorkbenchWords().builder
  const said = useSaid()
  const inside: Group =
    part.part.kind === 'group' && !part.part.not
      ? part.part
      : { kind: 'group', join: 'all', not: false, parts: [part.part] }
  const lists = [...place.dictionary.facts.values()].filter(fact => fact.type === 'list' || fact.type === 'set')
  return (
    <fieldset className="built-group members">
      <legend className="unseen">{say.members}</legend>
      <div className="built-head">
        <select
          aria-label={say.list}
          value={part.list}
          onChange={event => onChange({ ...part, list: event.currentTarget.value })}
        >
          {!lists.some(fact => fact.name === part.list) && <option value={part.list}>{part.list}</option>}
          {lists.map(fact => (
            <option key={fact.name} value={fact.name}>
              {said(fact.label)}
            </option>
          ))}
        </select>
        <select
          aria-label={say.members}
          value={part.how}
          onChange={event => onChange({ ...part, how: event.currentTarget.value as Members['how'] })}
        >
          {(['exists', 'all'] as const).map(how => (
            <option key={how} value={how}>
              {say.hows[how]}
            </option>
          ))}
        </select>
        <Not value={part.not} onChange={not => onChange({ ...part, not })} />
        <Button kind="text" icon="close" name={say.removeLine(say.members)} onClick={onRemove}>
          {say.remove}
        </Button>
      </div>
      <GroupFields
        {...place}
        bound={[...place.bound, { as: part.as, list: part.list }]}
        part={inside}
        onChange={next => onChange({ ...part, part: next.parts.length === 1 ? (next.parts[0] ?? next) : next })}
      />
    </fieldset>
  )
}

/** What cannot be built: as written, kept whole. */
function TextFields({ part, onChange, onRemove }: Edited<TextLine> & { readonly onRemove: () => void }) {
  const say = useWorkbenchWords().builder
  return (
    <div className="built-line">
      <input
        className="built-text"
        aria-label={say.asText}
        value={part.text}
        spellCheck={false}
        onChange={event => onChange({ ...part, text: event.currentTarget.value })}
      />
      <Button kind="text" icon="close" name={say.removeLine(part.text)} onClick={onRemove}>
        {say.remove}
      </Button>
    </div>
  )
}
