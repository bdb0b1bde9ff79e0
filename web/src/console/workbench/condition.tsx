import { textOf, type Group } from '@zhulian/kernel'
import { useState } from 'react'
import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useSettled } from '../settled.ts'
import { GroupFields } from './builder.tsx'
import type { Dictionary } from './dictionary.ts'
import type { Audience } from './document.ts'
import { useWorkbenchWords } from './words.ts'

type Scope = 'household' | 'person'
type Reading = Result<'GET /workbench/reading'>

/** What a text says: groups, sentences and faults, asked for when the hand rests. The last answer stays until the next. */
function useReading(
  text: string,
  scope: Scope,
  what: 'condition' | 'amount' | 'day' | 'sentences',
  goesTo: Audience | undefined = undefined,
) {
  const settled = useSettled(text, 400)
  const load = useLoad(settled.trim() ? `${what} ${scope} ${goesTo ?? ''} ${settled}` : undefined, async signal => ({
    text: settled,
    reading: await api('GET /workbench/reading', {
      query: { text: settled, scope, what, ...(goesTo && { goesTo }) },
      signal,
    }),
  }))
  const [last, setLast] = useState<{ readonly text: string; readonly reading: Reading }>()
  if (load.value && load.value !== last) setLast(load.value)
  return { ...load, last: load.value ?? last }
}

/** A rule three ways, in step: as groups and lines, as text, and as the sentences it reads. */
export function ConditionFields({
  text,
  onChange,
  scope,
  goesTo,
  dictionary,
  label,
}: {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly scope: Scope
  /** Of an alert. */
  readonly goesTo?: Audience
  readonly dictionary: Dictionary | undefined
  readonly label: string
}) {
  const say = useWorkbenchWords().builder
  const { last, problem, again } = useReading(text, scope, 'condition', goesTo)
  // What was built here is shown as it was built, also while the server has not read its text yet.
  const [built, setBuilt] = useState<{ readonly text: string; readonly group: Group }>()
  const read = last?.text === text ? (last.reading.group as unknown as Group | null) : undefined
  const group =
    built?.text === text ? built.group : (read ?? (last?.reading.group as unknown as Group | null | undefined))
  const build = (next: Group) => {
    const written = textOf(next)
    setBuilt({ text: written, group: next })
    onChange(written)
  }
  return (
    <div className="condition">
      <div className="desk-pile">
        <h4>{say.title}</h4>
        {problem && <Failed problem={problem} again={again} />}
        {(!dictionary || !last) && !problem && <Skeleton shape={['line', 'line', 'card']} />}
        {dictionary && group && (
          <GroupFields part={group} onChange={build} dictionary={dictionary} scope={scope} bound={[]} />
        )}
        {last && read === null && built?.text !== text && <Notice tone="ochre">{say.unreadable}</Notice>}
        <TextField label={`${label} · ${say.text}`} lines={6} maxLength={6000} value={text} onChange={onChange} />
        {last?.text === text && <Faults reading={last.reading} />}
      </div>
      <Sentences reading={last?.reading} />
    </div>
  )
}

/** An amount as text, with how it reads and what is wrong with it. */
export function AmountField({
  text,
  onChange,
  scope,
  least,
}: {
  /** What is at least given while the amount is open. */
  readonly least?: boolean
  readonly text: string
  readonly onChange: (text: string) => void
  readonly scope: Scope
}) {
  const say = useWorkbenchWords().document
  return (
    <ExpressionField
      what="amount"
      label={least ? say.atLeast : say.amount}
      hint={least ? say.atLeastHint : say.amountHint}
      {...{ text, scope, onChange }}
    />
  )
}

/** An expression as text alone, with how it reads and what is wrong with it. */
export function ExpressionField({
  what,
  label,
  hint,
  text,
  scope,
  goesTo,
  onChange,
}: {
  readonly what: 'condition' | 'amount' | 'day'
  readonly label: string
  readonly hint: string
  readonly text: string
  readonly scope: Scope
  readonly goesTo?: Audience
  readonly onChange: (text: string) => void
}) {
  const say = useWorkbenchWords().document
  const said = useSaid()
  const { last } = useReading(text, scope, what, goesTo)
  const read = text.trim() && last?.text === text ? last.reading : undefined
  return (
    <div className="amount-field">
      <TextField label={label} hint={hint} lines={2} maxLength={6000} value={text} onChange={onChange} />
      {read && <Faults reading={read} />}
      {read?.sentences.map(sentence => (
        <p key={sentence.zh} className="second small">
          {say.reads(said(sentence))}
        </p>
      ))}
    </div>
  )
}

/** A rule in sentences, where nothing is edited. */
export function RuleSentences({
  text,
  scope,
  bare,
}: {
  readonly text: string
  readonly scope: Scope
  /** In a column that says already what it is. */
  readonly bare?: boolean
}) {
  const { last, problem, again } = useReading(text, scope, 'sentences')
  if (problem) return <Failed problem={problem} again={again} />
  if (last && bare) return <SentenceLines reading={last.reading} />
  return last ? <Sentences reading={last.reading} /> : <Skeleton shape={['line', 'line']} />
}

function Sentences({ reading }: { readonly reading: Reading | undefined }) {
  const say = useWorkbenchWords().builder
  return (
    <aside className="sentences" aria-label={say.sentences}>
      <h4>{say.sentences}</h4>
      <SentenceLines reading={reading} />
    </aside>
  )
}

function SentenceLines({ reading }: { readonly reading: Reading | undefined }) {
  const said = useSaid()
  return (
    <ul className="lines" aria-live="polite">
      {reading?.sentences.map(sentence => (
        <li key={sentence.zh}>
          <Icon name="check" /> {said(sentence)}
        </li>
      ))}
    </ul>
  )
}

function Faults({ reading }: { readonly reading: Reading }) {
  const say = useWorkbenchWords().problem
  const said = useSaid()
  if (reading.problems.length === 0) return null
  return (
    <ul className="faults" role="status">
      {reading.problems.map(fault => (
        <li key={`${fault.where} ${fault.words.zh}`} className="field-error">
          <Icon name="warning" />
          <span>
            {fault.at && <span className="whole">{say.at(fault.at.line, fault.at.column)} </span>}
            {said(fault.words)}
          </span>
        </li>
      ))}
    </ul>
  )
}
