import { useState } from 'react'
import { SelectField, TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useDivisions } from '../shell/place-name.ts'
import type { Organisation } from './standing.tsx'
import { useOrganisationWords } from './words.ts'

const kinds = ['socialOrganisation', 'firm', 'publicBody'] as const
const stages = ['seedling', 'incubating', 'mature'] as const

/** The district and its townships, as an organisation may have its seat or its work there. */
export function usePlaces() {
  const say = useOrganisationWords()
  const all = useDivisions()
  return all
    ? [
        { value: all.district, label: say.wholeDistrict },
        ...all.divisions
          .filter(one => one.code.length === 9)
          .map(one => ({ value: one.code as string, label: one.name })),
      ]
    : []
}

/** Puts an organisation on the list, or changes what is known of it. */
export function EditDialog({
  one,
  onSaved,
  onClose,
}: {
  readonly one?: Organisation
  readonly onSaved: (one?: Organisation) => void
  readonly onClose: () => void
}) {
  const say = useOrganisationWords()
  const places = usePlaces()
  const [kind, setKind] = useState<string>(one?.kind ?? '')
  const [stage, setStage] = useState<string>('seedling')
  const [name, setName] = useState(one?.name ?? '')
  const [purpose, setPurpose] = useState(one?.purpose ?? '')
  const [seat, setSeat] = useState(one?.seat.code ?? '')
  const [creditCode, setCreditCode] = useState(one?.creditCode ?? '')
  const [contact, setContact] = useState(one?.contact ?? '')
  const [shown, setShown] = useState(one?.shown ?? false)
  const [tried, setTried] = useState(false)
  const wrong = {
    kind: kind === '',
    name: name.trim().length < 2,
    purpose: purpose.trim().length < 2,
    seat: seat === '',
    creditCode: creditCode.trim() !== '' && !/^[0-9A-HJ-NP-RT-UW-Y]{18}$/i.test(creditCode.trim()),
  }
  const [send, sending] = useDeed(async () => {
    const body = {
      name: name.trim(),
      purpose: purpose.trim(),
      seat,
      shown,
      ...(creditCode.trim() && { creditCode: creditCode.trim() }),
      ...(contact.trim().length > 2 && { contact: contact.trim() }),
    }
    if (one)
      onSaved(
        await api('PUT /organisations/:organisationId', {
          params: { organisationId: one.id },
          body: { ...body, expectedVersion: one.version },
        }),
      )
    else {
      await api('POST /organisations', {
        body: { ...body, kind: kind as Organisation['kind'], stage: stage as (typeof stages)[number] },
      })
      onSaved()
    }
    onClose()
  })
  return (
    <FormDialog
      title={one ? say.edit : say.add}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.heads.name}
        maxLength={60}
        value={name}
        onChange={setName}
        error={tried && wrong.name ? say.mustName : undefined}
      />
      {!one && (
        <>
          <SelectField
            label={say.kind}
            value={kind}
            onChange={setKind}
            options={kinds.map(value => ({ value, label: say.kinds[value] }))}
            error={tried && wrong.kind ? say.mustKind : undefined}
          />
          <SelectField
            label={say.stage}
            value={stage}
            onChange={setStage}
            options={stages.map(value => ({ value, label: say.stages[value] }))}
          />
        </>
      )}
      <SelectField
        label={say.seat}
        value={seat}
        onChange={setSeat}
        options={places}
        error={tried && wrong.seat ? say.mustPlace : undefined}
      />
      <TextField
        label={say.purpose}
        lines={2}
        maxLength={300}
        value={purpose}
        onChange={setPurpose}
        error={tried && wrong.purpose ? say.mustPurpose : undefined}
      />
      <TextField
        label={say.creditCode}
        hint={say.creditHint}
        optional
        maxLength={18}
        value={creditCode}
        onChange={setCreditCode}
        error={tried && wrong.creditCode ? say.creditHint : undefined}
      />
      <TextField
        label={say.contact}
        hint={say.contactHint}
        optional
        maxLength={80}
        value={contact}
        onChange={setContact}
      />
      <label className="org-check">
        <input type="checkbox" checked={shown} onChange={event => setShown(event.currentTarget.checked)} />
        {say.shown}
      </label>
    </FormDialog>
  )
}
