import { useState } from 'react'
import { Choices, Question } from '../../parts/choice.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useDivisions } from '../shell/place-name.ts'
import { withProof } from '../shell/proof.ts'
import { useConsoleWords } from '../words/index.ts'
import { type Draft, emptyDraft, faultsOf, type Fault, keyOf } from './draft.ts'
import { usePartnerWords } from './words.ts'

const bases = ['law', 'consent'] as const
const fields = ['circle', 'tier', 'head', 'members'] as const

/** An agreement as it is written down: what is left empty is not allowed. */
export function AddDialog({
  onMade,
  onClose,
}: {
  readonly onMade: (made: Result<'POST /partners'>) => void
  readonly onClose: () => void
}) {
  const words = usePartnerWords()
  const say = words.form
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [faults, setFaults] = useState<ReadonlySet<Fault>>(new Set())
  const put = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const [send, sending] = useDeed(() =>
    withProof(async () => {
      const jwk = keyOf(draft.key)
      const body = {
        senderId: draft.senderId.trim(),
        name: draft.name.trim(),
        jwk: jwk ?? null,
        callback: draft.callback.trim() || null,
        scope: draft.scope,
        purpose: draft.purpose.trim(),
        basis: draft.basis,
        basisWords: draft.basisWords.trim(),
        fields: fields.filter(field => draft.fields.includes(field)),
        mostRecords: Number(draft.most),
        perMinute: Number(draft.pace),
        untilOn: draft.untilOn,
        toldUnasked: draft.unasked,
      }
      onMade(await api('POST /partners', { body: body as never }))
    }),
  )
  const go = () => {
    const found = faultsOf(draft)
    setFaults(found)
    if (found.size === 0) send()
    else setTimeout(() => document.querySelector<HTMLElement>('dialog [aria-invalid]')?.focus())
  }
  const wrong = (fault: Fault) => (faults.has(fault) ? say[`${fault}Wrong`] : undefined)
  return (
    <FormDialog title={words.add} deed={sending} save={say.save} onSend={go} onClose={onClose} wide>
      <TextField
        label={words.name}
        hint={words.nameHint}
        error={wrong('name')}
        value={draft.name}
        maxLength={60}
        onChange={name => put({ name })}
      />
      <TextField
        label={say.sender}
        hint={say.senderHint}
        error={wrong('sender')}
        value={draft.senderId}
        maxLength={100}
        onChange={senderId => put({ senderId })}
      />
      <TextField
        label={say.purpose}
        hint={say.purposeHint}
        error={wrong('purpose')}
        value={draft.purpose}
        maxLength={60}
        onChange={purpose => put({ purpose })}
      />
      <Question title={say.basis} small>
        <Choices
          name="partner-basis"
          options={bases.map(value => ({ value, label: words.bases[value], help: say.basisHelp[value] }))}
          chosen={[draft.basis]}
          onChoose={([one]) => put({ basis: one === 'consent' ? 'consent' : 'law' })}
        />
      </Question>
      <TextField
        label={say.basisWords}
        hint={say.basisHint}
        error={wrong('basisWords')}
        value={draft.basisWords}
        maxLength={300}
        lines={2}
        onChange={basisWords => put({ basisWords })}
      />
      <Where value={draft.scope} error={wrong('scope')} onChange={scope => put({ scope })} />
      <Question title={say.fields} hint={say.fieldsHint} small>
        <Choices
          name="partner-fields"
          many
          options={fields.map(value => ({ value, label: words.fields[value] }))}
          chosen={draft.fields}
          onChoose={chosen => put({ fields: chosen })}
        />
      </Question>
      <Question title={say.unasked} small>
        <Choices
          name="partner-unasked"
          many
          options={[{ value: 'unasked', label: say.unaskedChoice, help: say.unaskedHelp }]}
          chosen={draft.unasked ? ['unasked'] : []}
          onChoose={chosen => put({ unasked: chosen.length > 0 })}
        />
      </Question>
      <NumberField label={say.most} error={wrong('most')} value={draft.most} onChange={most => put({ most })} />
      <NumberField label={say.pace} error={wrong('pace')} value={draft.pace} onChange={pace => put({ pace })} />
      <DayField above label={say.until} value={draft.untilOn} onChange={untilOn => put({ untilOn })} />
      {faults.has('until') && <Notice tone="ochre">{say.untilWrong}</Notice>}
      <TextField
        label={say.callback}
        hint={say.callbackHint}
        optional
        value={draft.callback}
        maxLength={300}
        onChange={callback => put({ callback })}
      />
      <TextField
        label={say.key}
        hint={say.keyHint}
        error={wrong('key')}
        optional
        value={draft.key}
        maxLength={4000}
        lines={4}
        onChange={key => put({ key })}
      />
    </FormDialog>
  )
}

/** The district or one of its townships. */
function Where({
  value,
  error,
  onChange,
}: {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (code: string) => void
}) {
  const { form: say } = usePartnerWords()
  const { wholeDistrict } = useConsoleWords()
  const townships = useDivisions()?.divisions.filter(one => one.code.length === 9) ?? []
  const district = townships[0]?.code.slice(0, 6)
  return (
    <SelectField
      label={say.scope}
      error={error}
      value={value}
      onChange={onChange}
      options={[
        ...(district ? [{ value: district, label: wholeDistrict }] : []),
        ...townships.map(one => ({ value: one.code, label: one.name })),
      ]}
    />
  )
}
