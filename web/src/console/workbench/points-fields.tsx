import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { ConditionFields } from './condition.tsx'
import type { Dictionary } from './dictionary.ts'
import { type Band, type PointsItem, put, type RuleDocument } from './document.ts'
import { BothWords, moved, Moves, ProblemsAt, Sources } from './field-parts.tsx'
import { useWorkbenchWords } from './words.ts'

type Problems = Result<'POST /drafts/:draftId/check'>['problems']

/** The card of points as it is written: of each item its steps in order. Items are neither added nor taken out here. */
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
  const items = document.items ?? []
  return (
    <section className="sheet pad">
      <h2>{say.title}</h2>
      <p className="second small">{say.text}</p>
      {items.map((item, i) => (
        <ItemFields
          key={item.id}
          {...{ item, problems, dictionary }}
          field={`items.${String(i)}`}
          onChange={next => onChange({ ...document, items: put(items, i, next) })}
        />
      ))}
    </section>
  )
}

function ItemFields({
  item,
  field,
  problems,
  dictionary,
  onChange,
}: {
  readonly item: PointsItem
  readonly field: string
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
          {said(item.label)} {say.most(Math.max(...item.bands.map(band => band.points)))}{' '}
          {found > 0 && (
            <Tag tone="seal" icon="warning">
              {String(found)}
            </Tag>
          )}
        </>
      }
    >
      <div className="desk-pile">
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
        <Button
          kind="text"
          icon="plus"
          onClick={() =>
            set([...item.bands, { condition: 'household.size >= 9', points: 1, label: { zh: '', en: '' } }])
          }
        >
          {say.addStep}
        </Button>
        <Sources hinted value={item.provenance} onChange={provenance => onChange({ ...item, provenance })} />
      </div>
    </Fold>
  )
}
