import { useState } from 'react'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useSlipWords } from './words.ts'

const usualDays = '20'

/** A need of one family for one bureau. */
export function WriteDialog({
  household,
  members,
  begin,
  onWritten,
  onClose,
}: {
  readonly household: string
  readonly members: readonly { readonly id: string; readonly name: string }[]
  /** What it begins with, where the need is written down already. */
  readonly begin?: { readonly need: string; readonly subject?: string; readonly careful: boolean }
  readonly onWritten: (slip: string) => void
  readonly onClose: () => void
}) {
  const { write: say } = useSlipWords()
  const said = useSaid()
  const session = useSession()
  const units = useLoad('units', signal => api('GET /units', { signal }))
  const [unit, setUnit] = useState('')
  const [subject, setSubject] = useState(begin?.subject ?? '')
  const [person, setPerson] = useState('')
  const [need, setNeed] = useState(begin?.need ?? '')
  const [reach, setReach] = useState('')
  const [days, setDays] = useState(usualDays)
  const [agreed, setAgreed] = useState(false)
  const [careful, setCareful] = useState(begin?.careful ?? false)
  const [tried, setTried] = useState(false)
  const policies = useLoad(unit ? `policies of ${unit}` : undefined, signal =>
    api('GET /policies', { query: { unit }, signal }),
  )
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const n = Number(days)
  const wrong = {
    unit: unit === '',
    need: need.trim().length < 4,
    days: !Number.isInteger(n) || n < 1 || n > 60,
    agreed: !agreed,
  }
  const [send, sending] = useDeed(async () => {
    const { id } = await api('POST /households/:householdId/slips', {
      params: { householdId: household },
      body: {
        unit,
        need: need.trim(),
        days: n,
        agreed,
        ...(subject ? { subject } : {}),
        ...(person ? { person: person as never } : {}),
        ...(reach.trim() ? { reach: reach.trim() } : {}),
        ...(careful ? { careful } : {}),
      },
    })
    onWritten(id)
    onClose()
  })
  const isGuide = session.state === 'known' && session.role === 'guide'
  const named = (one: { readonly id: string; readonly name: { readonly zh: string; readonly en: string } }) => ({
    value: one.id,
    label: `${one.id} ${said(one.name)}`,
  })
  return (
    <FormDialog
      title={say.title}
      deed={sending}
      save={say.send}
      saving={say.sending}
      reads={[units, policies, services]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <p className="second">{say.about}</p>
      <SelectField
        label={say.unit}
        blank={say.chooseUnit}
        value={unit}
        onChange={next => {
          setUnit(next)
          setSubject('')
        }}
        options={(units.value?.items ?? []).map(one => ({ value: one.slug, label: said(one.name) }))}
        error={tried && wrong.unit ? say.chooseUnit : undefined}
      />
      <SelectField
        label={say.subject}
        optional
        blank={say.noSubject}
        value={subject}
        onChange={setSubject}
        options={[...(policies.value?.items ?? []), ...(services.value?.items ?? [])].map(named)}
      />
      {members.length > 1 && (
        <SelectField
          label={say.person}
          blank={say.wholeFamily}
          value={person}
          onChange={setPerson}
          options={members.map(one => ({ value: one.id, label: one.name }))}
        />
      )}
      <TextField
        label={say.need}
        hint={say.needHint}
        lines={3}
        maxLength={500}
        value={need}
        onChange={setNeed}
        error={tried && wrong.need ? say.mustNeed : undefined}
      />
      <TextField label={say.reach} hint={say.reachHint} optional maxLength={80} value={reach} onChange={setReach} />
      <NumberField
        label={say.days}
        value={days}
        onChange={setDays}
        error={tried && wrong.days ? say.mustDays : undefined}
      />
      <label className="slip-check">
        <input type="checkbox" checked={agreed} onChange={event => setAgreed(event.currentTarget.checked)} />
        {say.agreed}
      </label>
      {tried && wrong.agreed && <p className="field-error">{say.mustAgree}</p>}
      {!isGuide && (
        <label className="slip-check">
          <input type="checkbox" checked={careful} onChange={event => setCareful(event.currentTarget.checked)} />
          {say.careful}
        </label>
      )}
    </FormDialog>
  )
}
