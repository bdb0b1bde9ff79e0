import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { isProblem } from '../../platform/problem.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useConsoleWords } from '../words/index.ts'
import { useToday } from '../now.ts'
import { valueOf, writable } from './fact-input.ts'
import { useValueWords, type Dictionary, type FactKind, type Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** Writes one fact down, in the form its type asks for. When somebody was faster, both stand side by side. */
export function RecordDialog({
  family,
  dictionary,
  again,
  onClose,
}: {
  readonly family: Household
  readonly dictionary: Dictionary
  readonly again: () => void
  readonly onClose: () => void
}) {
  const all = useConsoleWords()
  const words = useHouseholdWords()
  const { recording: say } = words
  const said = useSaid()
  const valueWords = useValueWords()
  const today = useToday()
  const [who, setWho] = useState('family')
  const [find, setFind] = useState('')
  const [name, setName] = useState('')
  const [typed, setTyped] = useState('')
  const [source, setSource] = useState<'declared' | 'verified'>('declared')
  const [asOf, setAsOf] = useState(today)
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const [conflict, setConflict] = useState(false)

  const scope = who === 'family' ? 'household' : 'person'
  const needle = find.trim().toLowerCase()
  const kinds = dictionary.all.filter(
    kind =>
      kind.name.startsWith(`${scope}.`) &&
      writable(kind) &&
      (needle === '' || kind.label.zh.includes(needle) || kind.label.en.toLowerCase().includes(needle)),
  )
  const kind = kinds.find(one => one.name === name)
  const fact = kind?.name.slice(scope.length + 1) ?? ''
  const known = (family.members.find(member => member.id === who)?.facts ?? family.facts).find(one => one.fact === fact)
  const read = kind && valueOf(kind, typed)
  const trouble = read && 'trouble' in read ? read.trouble : undefined
  const dayFits = /^\d{4}-\d{2}-\d{2}$/.test(asOf) && asOf <= today
  const [write, writing] = useDeed(async (value: unknown) => {
    setSaved(false)
    setConflict(false)
    const facts = { [fact]: value }
    try {
      await api('POST /households/:id/facts', {
        params: { id: family.id },
        ifMatch: family.version,
        body: {
          source,
          asOf,
          ...(scope === 'household' ? { household: facts } : { persons: [{ id: who, facts }] }),
        },
      })
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.status !== 412) throw thrown
      setConflict(true)
      again()
      return
    }
    again()
    setSaved(true)
    setName('')
    setTyped('')
    setTried(false)
  })
  const choose = (next: string) => {
    setName(next)
    setTyped('')
    setSaved(false)
  }
  return (
    <FormDialog
      title={say.title}
      deed={writing}
      save={say.save}
      saving={say.saving}
      leave={all.close}
      wide
      onSend={() => {
        setTried(true)
        if (read && 'value' in read && dayFits) write(read.value)
      }}
      onClose={onClose}
    >
      {conflict && (
        <Notice tone="ochre" said>
          {say.conflict}
        </Notice>
      )}
      {saved && (
        <Notice tone="hill" said>
          {say.saved}
        </Notice>
      )}
      <Segmented
        name="record-who"
        label={say.who}
        value={who}
        onChange={next => {
          setWho(next)
          choose('')
        }}
        options={[
          { value: 'family', label: say.family },
          ...family.members.map(member => ({ value: member.id, label: member.name })),
        ]}
      />
      <TextField label={say.find} value={find} onChange={setFind} kind="search" maxLength={40} />
      <SelectField
        label={say.fact}
        value={kind ? name : ''}
        onChange={choose}
        options={kinds.map(one => ({ value: one.name, label: said(one.label) }))}
        error={tried && !kind ? (kinds.length === 0 ? say.none : say.mustFact) : undefined}
      />
      {kind && (
        <>
          <p className="second">
            {known ? say.now(valueWords(kind, known.value)) : say.unknownNow}
            {kind.why && ` · ${said(kind.why)}`}
          </p>
          <FactField
            kind={kind}
            value={typed}
            onChange={setTyped}
            error={tried && trouble ? (trouble === 'number' ? say.mustNumber : say.mustValue) : undefined}
          />
        </>
      )}
      <Segmented
        name="record-source"
        label={say.source}
        value={source}
        onChange={setSource}
        options={(['declared', 'verified'] as const).map(value => ({ value, label: say.sources[value] }))}
      />
      <DayField label={say.asOf} max={today} value={asOf} onChange={setAsOf} />
      {tried && !dayFits && <Notice tone="seal">{say.mustDay}</Notice>}
    </FormDialog>
  )
}

function FactField({
  kind,
  value,
  onChange,
  error,
}: {
  readonly kind: FactKind
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}) {
  const words = useHouseholdWords()
  const said = useSaid()
  const label = words.recording.value
  if (kind.type === 'set') {
    const chosen = value === '' ? [] : value.split('\n')
    return (
      <fieldset className="record-sets">
        <legend>{label}</legend>
        {kind.options.map(option => {
          const one = String(option.value)
          return (
            <label key={one}>
              <input
                type="checkbox"
                checked={chosen.includes(one)}
                onChange={event =>
                  onChange(
                    (event.currentTarget.checked ? [...chosen, one] : chosen.filter(other => other !== one)).join('\n'),
                  )
                }
              />
              {said(option.label)}
            </label>
          )
        })}
      </fieldset>
    )
  }
  const options =
    kind.type === 'boolean'
      ? [
          { value: 'true', label: words.yes },
          { value: 'false', label: words.no_ },
        ]
      : kind.options.map(option => ({ value: String(option.value), label: said(option.label) }))
  if (options.length > 0)
    return <SelectField label={label} value={value} onChange={onChange} options={options} error={error} />
  if (kind.type === 'date') return <DayField label={label} value={value} onChange={onChange} />
  const figure = kind.type === 'money' || kind.type === 'number' || kind.type === 'integer'
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      maxLength={figure ? 14 : 300}
      {...(figure ? { inputMode: 'decimal' as const } : {})}
      {...(kind.unit ? { unit: said(kind.unit) } : {})}
    />
  )
}
