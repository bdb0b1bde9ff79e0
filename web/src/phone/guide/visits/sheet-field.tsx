import type { Edit, FieldState, FieldValue } from '@zhulian/kernel'
import { Button } from '../../../parts/button.tsx'
import { Choices } from '../../../parts/choice.tsx'
import { DateField, MoneyField, NumberField, TextField } from '../../../parts/field.tsx'
import { Fold } from '../../../parts/fold.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Pick } from '../../../parts/pick.tsx'
import { useMarks, useSaid } from '../../../platform/words.ts'
import { saidOf, type SheetField } from './sheet-fields.ts'
import { useVisitWords } from './words/index.ts'

export interface SheetFieldProps {
  readonly field: SheetField
  readonly state: FieldState<Edit>
  readonly onWrite: (value: FieldValue) => void
  readonly writerOf: (id: string) => string | undefined
  readonly refused: string | undefined
  readonly year: number
}

/** One field of a sheet: what is on record, what was written here, and where two people wrote, both to pick from. */
export function OneField({ field, state, onWrite, writerOf, refused, year }: SheetFieldProps) {
  const { visit: words } = useVisitWords()
  const said = useSaid()
  const { list } = useMarks()
  const label = `${field.about ? `${field.about} · ` : ''}${said(field.words)}`
  const value = state.kind === 'value' ? state.value : null
  return (
    <div className="visits-field" id={`field-${field.field}`}>
      {field.known !== undefined && (
        <p className="visits-known">
          {words.known(saidOf(field, field.known, said, words.empty, list))}
          {value === null && state.kind !== 'conflict' && (
            <Button kind="text" onClick={() => onWrite(field.known as FieldValue)} name={`${label}: ${words.same}`}>
              {words.same}
            </Button>
          )}
        </p>
      )}
      {state.kind === 'conflict' ? (
        <Sides field={field} label={label} sides={state.sides} onPick={onWrite} writerOf={writerOf} />
      ) : (
        <Input field={field} label={label} value={value} onWrite={onWrite} year={year} />
      )}
      {refused !== undefined && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          {refused}
        </p>
      )}
    </div>
  )
}

/** Both stay until a person picks. */
function Sides({
  field,
  label,
  sides,
  onPick,
  writerOf,
}: {
  readonly field: SheetField
  readonly label: string
  readonly sides: readonly Edit[]
  readonly onPick: (value: FieldValue) => void
  readonly writerOf: (id: string) => string | undefined
}) {
  const { visit: words } = useVisitWords()
  const said = useSaid()
  const { list } = useMarks()
  return (
    <fieldset className="visits-sides">
      <legend>
        <b>{label}</b>
        <small>
          <Icon name="people" /> {words.conflict}
        </small>
      </legend>
      <div className="visits-both">
        {sides.map(side => {
          const by = writerOf(side.id)
          return (
            <button key={side.id} type="button" className="button framed" onClick={() => onPick(side.value)}>
              <small>{by === undefined ? words.mine : words.theirs(by)}</small>
              {saidOf(field, side.value, said, words.empty, list)}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}

function Input({
  field,
  label,
  value,
  onWrite,
  year,
}: {
  readonly field: SheetField
  readonly label: string
  readonly value: FieldValue
  readonly onWrite: (value: FieldValue) => void
  readonly year: number
}) {
  const { visit: words } = useVisitWords()
  const said = useSaid()
  const options = field.options.map(o => ({ value: String(o.value), label: said(o.words) }))
  const back = (chosen: string | undefined) => field.options.find(o => String(o.value) === chosen)?.value ?? null
  const now = value === null || typeof value === 'object' ? undefined : String(value)
  if (field.kind === 'several') {
    const chosen = Array.isArray(value) ? value.map(v => `${v as string}`) : []
    return (
      <Fold title={`${label} ${chosen.length > 0 ? chosen.length : ''}`} icon="hand">
        <fieldset className="visits-several">
          <legend className="unseen">{field.field === 'needs' ? words.needsOpen : label}</legend>
          <Choices
            name={field.field}
            many
            options={options}
            chosen={chosen}
            onChoose={all => onWrite(all.length > 0 ? [...all] : null)}
          />
        </fieldset>
      </Fold>
    )
  }
  if (field.kind === 'choice' || field.kind === 'yesNo')
    return options.length <= 3 ? (
      <Pick name={field.field} legend={label} options={options} chosen={now} onChoose={one => onWrite(back(one))} />
    ) : (
      <fieldset className="visits-several">
        <legend className="field-label">{label}</legend>
        <Choices
          name={field.field}
          options={options}
          chosen={now === undefined ? [] : [now]}
          onChoose={([one]) => onWrite(back(one))}
        />
      </fieldset>
    )
  if (field.kind === 'number' || field.kind === 'money') {
    const Numbers = field.kind === 'money' ? MoneyField : NumberField
    return <Numbers label={label} value={now ?? ''} onChange={typed => onWrite(numberOf(typed))} />
  }
  if (field.kind === 'date')
    return (
      <DateField
        label={label}
        value={typeof value === 'string' ? value : '--'}
        onChange={typed => onWrite(typed === '--' ? null : typed)}
        newest={year + 1}
        oldest={year}
      />
    )
  return (
    <TextField
      label={label}
      value={now ?? ''}
      onChange={typed => onWrite(typed === '' ? null : typed)}
      maxLength={2000}
    />
  )
}

/** A number as typed; what is not one yet stays as text and is sent back in words. */
const numberOf = (typed: string): FieldValue => {
  const plain = typed.replaceAll(/[,，\s]/g, '')
  if (plain === '') return null
  return /^\d+(\.\d+)?$/.test(plain) && !plain.endsWith('.') ? Number(plain) : typed
}
