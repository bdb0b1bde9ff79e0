import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { ConditionFields } from './condition.tsx'
import type { Dictionary } from './dictionary.ts'
import { type Band, type PointsItem, put, type RuleDocument } from './document.ts'
import { BothWords, moved, Moves, ProblemsAt, Sources } from './field-parts.tsx'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']

/** More than a person can weigh at a glance is no card. */
const most = 12
const dimensions = [
  'population',
  'economy',
  'health',
  'education',
  'dwelling',
  'work',
  'participation',
  'rigidSpending',
] as const

/** The card of points as it is written: its items in order, and of each the steps. What was taken out can be put back. */
export function PointsFields({
  document,
  problems,
  dictionary,
  onChange,
}: {
  readonly document: RuleDocument
  readonly problems: Problems
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: RuleDocument) => void
}) {
  const say = useWorkbenchWords().points
  const said = useSaid()
  const [gone, setGone] = useState<{ readonly item: PointsItem; readonly at: number }>()
  const items = document.items ?? []
  const set = (next: readonly PointsItem[]) => onChange({ ...document, items: next })
  const isFull = items.length >= most
  return (
    <section className="sheet pad">
      <h2>{say.title}</h2>
      <p className="second small">{say.text}</p>
      <ProblemsAt problems={problems.filter(p => p.field === 'items')} field="items" />
      {items.map((item, i) => (
        <ItemFields
          key={item.id}
          {...{ item, problems, dictionary }}
          field={`items.${String(i)}`}
          at={i}
          of={items.length}
          onMove={to => set(moved(items, i, to))}
          onRemove={() => {
            setGone({ item, at: i })
            set(put(items, i, undefined))
          }}
          onChange={next => set(put(items, i, next))}
        />
      ))}
      {gone && !items.some(item => item.id === gone.item.id) && !isFull && (
        <Notice
          said
          act={
            <Button
              icon="undo"
              onClick={() => {
                set([...items.slice(0, gone.at), gone.item, ...items.slice(gone.at)])
                setGone(undefined)
              }}
            >
              {say.putBack}
            </Button>
          }
        >
          {say.takenOut(said(gone.item.label) || gone.item.id)}
        </Notice>
      )}
      <div className="row">
        <Button kind="text" icon="plus" off={isFull} onClick={() => set([...items, newItem(items)])}>
          {say.addItem}
        </Button>
        <span className="second small">{isFull ? say.full(most) : say.left(most - items.length)}</span>
      </div>
    </section>
  )
}

/** Items are told apart by a short name that stays; of a new one it is a number. */
function newItem(items: readonly PointsItem[]): PointsItem {
  let n = items.length + 1
  while (items.some(item => item.id === `item${String(n)}`)) n++
  return {
    id: `item${String(n)}`,
    dimension: 'population',
    label: { zh: '', en: '' },
    bands: [firstBand],
    provenance: ['I'],
  }
}

const firstBand: Band = { condition: 'household.size >= 9', points: 1, label: { zh: '', en: '' } }

function ItemFields({
  item,
  field,
  problems,
  dictionary,
  at,
  of,
  onMove,
  onRemove,
  onChange,
}: {
  readonly item: PointsItem
  readonly field: string
  readonly at: number
  readonly of: number
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
  readonly problems: Problems
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: PointsItem) => void
}) {
  const words = useWorkbenchWords()
  const say = words.points
  const said = useSaid()
  const found = problems.filter(p => p.field?.startsWith(`${field}.`)).length
  const set = (bands: readonly Band[]) => onChange({ ...item, bands })
  return (
    <Fold
      late
      title={
        <>
          {said(item.label) || say.unnamed} {say.most(Math.max(...item.bands.map(band => band.points)))}{' '}
          {found > 0 && (
            <Tag tone="seal" icon="warning">
              {String(found)}
            </Tag>
          )}
        </>
      }
    >
      <div className="desk-pile">
        <BothWords
          value={item.label}
          zh={say.itemLabel}
          en={say.itemLabelEn}
          onChange={next => onChange({ ...item, label: { ...item.label, ...next } })}
        />
        <div className="fields-two">
          <SelectField
            label={say.dimension}
            value={String(item['dimension'])}
            options={dimensions.map(value => ({ value, label: say.dimensions[value] }))}
            onChange={dimension => onChange({ ...item, dimension })}
          />
        </div>
        {item.bands.map((band, i) => (
          // Steps have no name of their own that stays; their place is what tells them apart.
          <fieldset key={`band-${String(i)}`} className="paper-line">
            <legend>{say.stepOf(i + 1)}</legend>
            <div className="fields-two">
              <TextField
                label={say.points}
                inputMode="numeric"
                maxLength={2}
                value={String(band.points)}
                onChange={text =>
                  set(put(item.bands, i, { ...band, points: Number(/^\d+$/.exec(text.trim())?.[0] ?? 0) }))
                }
              />
            </div>
            <BothWords
              value={band.label}
              zh={words.sorting.label}
              en={words.sorting.labelEn}
              onChange={next => set(put(item.bands, i, { ...band, label: { ...band.label, ...next } }))}
            />
            <ConditionFields
              label={words.sorting.condition}
              text={band.condition.trim()}
              scope="household"
              dictionary={dictionary}
              onChange={condition => set(put(item.bands, i, { ...band, condition }))}
            />
            <div className="row">
              <Moves
                what={said(band.label)}
                at={i}
                of={item.bands.length}
                onMove={to => set(moved(item.bands, i, to))}
                {...(item.bands.length > 1 && { onRemove: () => set(put(item.bands, i, undefined)) })}
              />
            </div>
            <ProblemsAt problems={problems} field={`${field}.bands.${String(i)}`} />
          </fieldset>
        ))}
        <Button kind="text" icon="plus" onClick={() => set([...item.bands, firstBand])}>
          {say.addStep}
        </Button>
        <Sources hinted value={item.provenance} onChange={provenance => onChange({ ...item, provenance })} />
        <div className="row">
          <Moves what={said(item.label) || say.unnamed} at={at} of={of} onMove={onMove} {...(of > 1 && { onRemove })} />
        </div>
      </div>
    </Fold>
  )
}
