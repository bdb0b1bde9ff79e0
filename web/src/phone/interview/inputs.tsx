import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Choices, Question as QuestionGroup, type Option } from '../../parts/choice.tsx'
import { DateField, MoneyField, NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { usePartWords } from '../../parts/words.ts'
import { useSaid } from '../../platform/words.ts'
import type { Member, Question } from '../kinds.ts'
import { PlaceField, RegisteredPlace } from '../place-field.tsx'
import { useWords } from '../words/index.ts'
import { bandRow, encode, inputKind, marks, type Draft, type Item } from './answer.ts'

interface Props {
  readonly question: Question
  readonly draft: Draft
  readonly setDraft: (draft: Draft) => void
  readonly wrong: string | undefined
  /** Of the day the rules are read for. */
  readonly thisYear: number
  readonly members: readonly Member[]
}

/** The question with the input it needs. 不清楚 is always the last row, of the same size. */
export function Inputs({ question, draft, setDraft, wrong, thisYear, members }: Props) {
  const said = useSaid()
  const { interview: words } = useWords()
  const parts = usePartWords()
  const errorId = useId()
  const error = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (wrong) error.current?.focus()
  }, [wrong])
  const kind = inputKind(question)
  const confirming = question.kind === 'confirm'
  const differs = draft.chosen.includes(marks.different)
  const choose = (chosen: readonly string[]) => setDraft({ ...draft, chosen, text: '' })
  const unsure: Option = { value: marks.unsure, label: said(question.unknown), help: parts.unsureHelp }
  const none: Option[] = question.none ? [{ value: marks.none, label: said(question.none) }] : []
  return (
    <QuestionGroup title={said(question.title)} hint={question.hint ? said(question.hint) : undefined}>
      {wrong && (
        <p className="answer-error" id={errorId} role="alert" tabIndex={-1} ref={error}>
          <Icon name="warning" />
          {wrong}
        </p>
      )}
      {confirming && question.known && (
        <p className="known">
          <b>{said(question.known.words)}</b>
          <small>{words.knownFrom(said(question.known.source))}</small>
        </p>
      )}
      <div className="inputs">
        {confirming && (
          <Choices
            name={`${question.key} confirm`}
            options={[
              { value: marks.right, label: words.right },
              { value: marks.different, label: words.wrong, help: words.wrongHelp },
              unsure,
            ]}
            chosen={differs ? [marks.different] : draft.chosen}
            onChoose={choose}
            describedBy={wrong ? errorId : undefined}
          />
        )}
        {(!confirming || differs) && (
          <Typed
            question={question}
            kind={kind}
            draft={draft}
            setDraft={setDraft}
            rows={confirming ? none : [...none, unsure]}
            keep={differs ? [marks.different] : []}
            describedBy={wrong ? errorId : undefined}
            thisYear={thisYear}
            members={members}
          />
        )}
      </div>
    </QuestionGroup>
  )
}

interface TypedProps extends Omit<Props, 'wrong'> {
  readonly kind: Question['kind']
  /** “None” and “not sure”, where they are to be offered. */
  readonly rows: readonly Option[]
  /** Marks that stay whatever is chosen. */
  readonly keep: readonly string[]
  readonly describedBy: string | undefined
}

function Typed({ question, kind, draft, setDraft, rows, keep, describedBy, thisYear, members }: TypedProps) {
  const said = useSaid()
  const { interview: words } = useWords()
  const chosen = draft.chosen.filter(row => !keep.includes(row))
  const choose = (next: readonly string[]) => setDraft({ ...draft, chosen: [...keep, ...next], text: '' })
  const type = (text: string) => setDraft({ ...draft, chosen: keep, text })
  const options: Option[] = question.options.map(({ value, label }) => ({ value: encode(value), label: said(label) }))
  const title = said(question.title)
  const unit = question.unit ? { unit: said(question.unit) } : {}
  const group = (list: readonly Option[], many = false, alone: readonly string[] = []) =>
    list.length > 0 && (
      <Choices
        name={question.key}
        options={list}
        chosen={chosen}
        onChoose={choose}
        many={many}
        alone={alone}
        describedBy={describedBy}
      />
    )
  switch (kind) {
    case 'yesNo': {
      const yesNo = [
        { value: encode(true), label: words.yes },
        { value: encode(false), label: words.no },
      ]
      return group([...(options.length ? options : yesNo), ...rows])
    }
    case 'who': {
      const nobody = question.none ? [] : [{ value: marks.none, label: words.nobody }]
      return group([...options, ...nobody, ...rows], true, [marks.none, marks.unsure])
    }
    case 'several': {
      const nothing = question.none ? [] : [{ value: marks.none, label: words.noneOfThese }]
      return group([...options, ...nothing, ...rows], true, [marks.none, marks.unsure])
    }
    case 'number':
    case 'money': {
      const bands = question.bands.map((band, i) => ({
        value: band.value === null ? bandRow(i) : encode(band.value),
        label: said(band.label),
      }))
      const picked = [...options, ...bands]
      const band = chosen.find(
        row => bands.some(one => one.value === row) && row === bandRow(bands.findIndex(one => one.value === row)),
      )
      const Amount = kind === 'money' ? MoneyField : NumberField
      return (
        <>
          {group(picked)}
          {(bands.length === 0 || band) && (
            <InSight of={band}>
              <Amount
                label={band ? words.aboutHowMuch : picked.length ? words.orFill : title}
                labelUnseen={picked.length === 0}
                value={draft.text}
                onChange={text => setDraft({ ...draft, chosen: band ? [...keep, band] : keep, text })}
                {...unit}
              />
            </InSight>
          )}
          {group(rows)}
        </>
      )
    }
    case 'text':
      return (
        <>
          <TextField label={words.textLabel} value={draft.text} onChange={type} lines={4} maxLength={300} />
          {group(rows)}
        </>
      )
    case 'date':
      return (
        <>
          <DateField
            label={<span className="unseen">{title}</span>}
            value={draft.text}
            onChange={type}
            newest={thisYear}
            oldest={1950}
          />
          {group(rows)}
        </>
      )
    case 'place':
      return (
        <>
          {question.fact.includes('hukou') ? (
            <RegisteredPlace name={question.key} value={draft.text} onChange={type} describedBy={describedBy} />
          ) : (
            <PlaceField value={draft.text} onChange={type} />
          )}
          {group(rows)}
        </>
      )
    case 'list':
      return (
        <Items
          question={question}
          draft={draft}
          setDraft={setDraft}
          keep={keep}
          rows={rows}
          thisYear={thisYear}
          members={members}
        />
      )
    default:
      return group([...options, ...rows])
  }
}

/** The figure of a range is asked for below the ranges, out of sight on a small phone. */
function InSight({ of, children }: { readonly of: string | undefined; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (of) box.current?.scrollIntoView?.({ block: 'nearest' })
  }, [of])
  return <div ref={box}>{children}</div>
}

function Items({
  question,
  draft,
  setDraft,
  keep,
  rows,
  thisYear,
  members,
}: Pick<TypedProps, 'question' | 'draft' | 'setDraft' | 'keep' | 'rows' | 'thisYear' | 'members'>) {
  const { interview: words } = useWords()
  const some = draft.chosen.includes(marks.some)
  const set = (items: readonly Item[]) => setDraft({ ...draft, items })
  const ownNone = rows.some(row => row.value === marks.none) ? [] : [{ value: marks.none, label: words.listNone }]
  return (
    <>
      <Choices
        name={question.key}
        options={[{ value: marks.some, label: words.listSome, help: words.listSomeHelp }, ...ownNone, ...rows]}
        chosen={draft.chosen.filter(row => !keep.includes(row))}
        onChoose={next =>
          setDraft({
            ...draft,
            chosen: [...keep, ...next],
            items: next.includes(marks.some) && draft.items.length === 0 ? [{}] : draft.items,
          })
        }
      />
      {some &&
        draft.items.map((item, i) => (
          // Items have no name of their own; their place in the list is their identity.
          <section className="card item" key={String(i)} aria-label={words.listItem(i + 1)}>
            <header>
              <b>{words.listItem(i + 1)}</b>
              {draft.items.length > 1 && (
                <Button
                  kind="text"
                  name={words.listRemove(i + 1)}
                  onClick={() => set(draft.items.filter((_, at) => at !== i))}
                >
                  {words.clearYes}
                </Button>
              )}
            </header>
            {question.fields.map(field => (
              <ItemField
                key={field.name}
                field={field}
                thisYear={thisYear}
                members={members}
                value={item[field.name] ?? ''}
                onChange={text => set(draft.items.map((one, at) => (at === i ? { ...one, [field.name]: text } : one)))}
              />
            ))}
          </section>
        ))}
      {some && draft.items.length < 10 && (
        <Button icon="plus" wide onClick={() => set([...draft.items, {}])}>
          {words.listAdd}
        </Button>
      )}
    </>
  )
}

function ItemField({
  field,
  thisYear,
  members,
  value,
  onChange,
}: {
  readonly field: Question['fields'][number]
  readonly thisYear: number
  readonly members: readonly Member[]
  readonly value: string
  readonly onChange: (text: string) => void
}) {
  const said = useSaid()
  const { interview: words } = useWords()
  const label = said(field.label)
  if (field.kind === 'money') return <MoneyField label={label} value={value} onChange={onChange} />
  if (field.kind === 'number')
    return (
      <NumberField
        label={label}
        value={value}
        onChange={onChange}
        {...(field.unit ? { unit: said(field.unit) } : {})}
      />
    )
  if (field.kind === 'date')
    return <DateField label={label} value={value} onChange={onChange} newest={thisYear} oldest={2000} />
  if (field.kind === 'text') return <TextField label={label} value={value} onChange={onChange} maxLength={60} />
  if (field.kind === 'who')
    return (
      <SelectField
        label={label}
        value={value}
        onChange={onChange}
        options={members.map(one => ({ value: encode(one.key), label: one.callName }))}
      />
    )
  const options = field.options.length
    ? field.options.map(option => ({ value: encode(option.value), label: said(option.label) }))
    : [
        { value: 'true', label: words.yes },
        { value: 'false', label: words.no },
      ]
  return <SelectField label={label} value={value} onChange={onChange} options={options} />
}
