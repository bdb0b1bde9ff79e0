import { useState } from 'react'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useDivisions } from '../shell/place-name.ts'
import type { Resource } from './resources.tsx'
import { useNeedWords } from './words.ts'

const kinds = ['person', 'organisation', 'goods', 'skill', 'place'] as const

export function ResourceDialog({
  resource,
  onSaved,
  onClose,
}: {
  readonly resource?: Resource
  readonly onSaved: () => void
  readonly onClose: () => void
}) {
  const { resources: say, form } = useNeedWords()
  const said = useSaid()
  const where = usePlacesInReach()
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const [chosen, setDivision] = useState('')
  const [kind, setKind] = useState<string>(resource?.kind ?? '')
  const [name, setName] = useState(resource?.name ?? '')
  const [offers, setOffers] = useState(resource?.offers ?? '')
  const [places, setPlaces] = useState(String(resource?.places ?? 1))
  const [hours, setHours] = useState(resource?.hours ?? '')
  const [contact, setContact] = useState(resource?.contact ?? '')
  const [item, setItem] = useState(resource?.items[0]?.id ?? '')
  const [until, setUntil] = useState<string>(resource?.untilOn ?? '')
  const [shown, setShown] = useState(resource?.shown ?? false)
  const [tried, setTried] = useState(false)
  const division = where.length === 1 ? (where[0]?.value ?? '') : chosen
  const n = Number(places)
  const wrong = {
    division: !resource && division === '',
    kind: kind === '',
    name: name.trim().length < 2,
    offers: offers.trim().length < 2,
    places: !Number.isInteger(n) || n < 1 || n > 100_000,
    contact: contact.trim() !== '' && contact.trim().length < 3,
    until: until !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(until),
  }
  const [send, sending] = useDeed(async () => {
    const rest = (resource?.items ?? []).slice(1).map(one => one.id)
    const body = {
      kind: kind as Resource['kind'],
      name: name.trim(),
      offers: offers.trim(),
      items: item ? [item, ...rest] : rest,
      places: n,
      shown,
      ...(hours.trim() ? { hours: hours.trim() } : {}),
      ...(contact.trim() ? { contact: contact.trim() } : {}),
      ...(until ? { untilOn: until as never } : {}),
    }
    if (resource)
      await api('PUT /resources/:resourceId', {
        params: { resourceId: resource.id },
        body: { ...body, expectedVersion: resource.version },
      })
    else await api('POST /resources', { body: { ...body, division: division as never } })
    onSaved()
    onClose()
  })
  return (
    <FormDialog
      title={resource ? say.editOf(resource.name) : say.act}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[services]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      {!resource && where.length > 1 && (
        <SelectField
          label={say.where}
          value={division}
          onChange={setDivision}
          options={where}
          error={tried && wrong.division ? say.mustWhere : undefined}
        />
      )}
      <SelectField
        label={say.kind}
        value={kind}
        onChange={setKind}
        options={kinds.map(value => ({ value, label: say.kinds[value] }))}
        error={tried && wrong.kind ? form.mustKind : undefined}
      />
      <TextField
        label={say.name}
        maxLength={60}
        value={name}
        onChange={setName}
        error={tried && wrong.name ? say.mustName : undefined}
      />
      <TextField
        label={say.offers}
        lines={2}
        maxLength={300}
        value={offers}
        onChange={setOffers}
        error={tried && wrong.offers ? say.mustOffers : undefined}
      />
      <SelectField
        label={say.items}
        optional
        blank={form.noItem}
        value={item}
        onChange={setItem}
        options={(services.value?.items ?? []).map(one => ({ value: one.id, label: `${one.id} ${said(one.name)}` }))}
      />
      <NumberField
        label={say.places}
        value={places}
        onChange={setPlaces}
        error={tried && wrong.places ? say.mustPlaces : undefined}
      />
      <TextField label={say.hours} optional maxLength={80} value={hours} onChange={setHours} />
      <TextField
        label={say.contact}
        optional
        maxLength={80}
        value={contact}
        onChange={setContact}
        error={tried && wrong.contact ? say.mustContact : undefined}
      />
      <TextField
        label={say.until}
        optional
        maxLength={10}
        value={until}
        onChange={setUntil}
        error={tried && wrong.until ? say.mustUntil : undefined}
      />
      <label className="needs-check">
        <input type="checkbox" checked={shown} onChange={event => setShown(event.currentTarget.checked)} />
        {say.shown}
      </label>
    </FormDialog>
  )
}

/** The district, townships and villages that are one's own, the widest first. */
function usePlacesInReach() {
  const session = useSession()
  const scope = session.state === 'known' ? (session.scope ?? '-') : '-'
  const all = useDivisions()?.divisions ?? []
  return all
    .filter(one => one.code.length >= 6 && one.code.startsWith(scope))
    .toSorted((a, b) => a.code.length - b.code.length || a.code.localeCompare(b.code))
    .map(one => ({ value: one.code as string, label: one.name }))
}
