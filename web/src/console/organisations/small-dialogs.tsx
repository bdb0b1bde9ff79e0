import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { usePlaces } from './edit-dialog.tsx'
import type { Organisation } from './standing.tsx'
import { useOrganisationWords } from './words.ts'

interface About {
  readonly one: Organisation
  readonly put: (one: Organisation) => void
  readonly onClose: () => void
}

/** Moves an organisation to another stage, with the reason. */
export function StageDialog({ one, put, onClose }: About) {
  const say = useOrganisationWords()
  const said = useSaid()
  const [stage, setStage] = useState<string>(one.stageWays[0]?.stage ?? '')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [send, sending] = useDeed(async () => {
    const body = { stage: stage as Organisation['stage'], reason: reason.trim() }
    put(await api('POST /organisations/:organisationId/stage', { params: { organisationId: one.id }, body }))
    onClose()
  })
  return (
    <FormDialog
      title={say.moveStage}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (reason.trim().length > 1) send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.movedTo}
        value={stage}
        onChange={setStage}
        options={one.stageWays.map(way => ({ value: way.stage, label: said(way.words) }))}
      />
      <TextField
        label={say.reason}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && reason.trim().length < 2 ? say.mustReason : undefined}
      />
    </FormDialog>
  )
}

type PaperKind = Organisation['qualifications'][number]['kind']

/** Notes a paper that one has looked at. */
export function PaperDialog({ one, put, onClose }: About) {
  const say = useOrganisationWords()
  const [kind, setKind] = useState('')
  const [number, setNumber] = useState('')
  const [issuer, setIssuer] = useState('')
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const [send, sending] = useDeed(async () => {
    const body = {
      kind: kind as PaperKind,
      number: number.trim(),
      ...(issuer.trim().length > 1 && { issuer: issuer.trim() }),
      ...(until && { validUntil: until }),
    }
    put(await api('POST /organisations/:organisationId/qualifications', { params: { organisationId: one.id }, body }))
    onClose()
  })
  return (
    <FormDialog
      title={say.addPaper}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (kind !== '' && number.trim() !== '') send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.paperKind}
        value={kind}
        onChange={setKind}
        options={Object.entries(say.paperKinds).map(([value, label]) => ({ value, label }))}
        error={tried && kind === '' ? say.mustKind : undefined}
      />
      <TextField
        label={say.number}
        maxLength={60}
        value={number}
        onChange={setNumber}
        error={tried && number.trim() === '' ? say.mustNumber : undefined}
      />
      <TextField label={say.issuer} optional maxLength={60} value={issuer} onChange={setIssuer} />
      <DayField above optional label={say.validUntil} value={until} onChange={setUntil} />
    </FormDialog>
  )
}

/** The services of the pool, as a field offers them, and how they were read. */
export function useServices() {
  const said = useSaid()
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const items: Result<'GET /services'>['items'] = services.value?.items ?? []
  const options = items.map(one => ({ value: one.id, label: `${one.id} ${said(one.name)}` }))
  return { options, read: services }
}

/** For how many at a time it can give a service, and where. */
export function CapacityDialog({
  one,
  of,
  put,
  onClose,
}: About & { readonly of?: Organisation['capacity'][number] | undefined }) {
  const say = useOrganisationWords()
  const said = useSaid()
  const services = useServices()
  const townships = usePlaces()
  const [service, setService] = useState(of?.service.id ?? '')
  const [places, setPlaces] = useState(of ? String(of.places) : '')
  const [area, setArea] = useState<readonly string[]>(of?.area.map(place => place.code) ?? [])
  const [tried, setTried] = useState(false)
  const n = Number(places)
  const wrong = {
    service: service === '',
    places: places.trim() === '' || !Number.isInteger(n) || n < 0 || n > 100_000,
    area: area.length === 0,
  }
  const [send, sending] = useDeed(async () => {
    const body = { service, places: n, area: [...area], ...(of && { expectedVersion: of.version }) }
    put(await api('PUT /organisations/:organisationId/capacity', { params: { organisationId: one.id }, body }))
    onClose()
  })
  const toggle = (code: string, on: boolean) => setArea(on ? [...area, code] : area.filter(other => other !== code))
  // Villages that were chosen stay as they are.
  const kept = of?.area.filter(place => !townships.some(other => other.value === place.code)) ?? []
  return (
    <FormDialog
      title={of ? say.changeCapacity(said(of.service.name)) : say.addCapacity}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[services.read]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      {!of && (
        <SelectField
          label={say.service}
          value={service}
          onChange={setService}
          options={services.options}
          error={tried && wrong.service ? say.mustService : undefined}
        />
      )}
      <NumberField
        label={say.places}
        hint={say.placesHint}
        value={places}
        onChange={setPlaces}
        error={tried && wrong.places ? say.mustPlaces : undefined}
      />
      <fieldset className="org-area">
        <legend className="field-label">{say.area}</legend>
        <p className="field-hint">{say.areaHint}</p>
        {tried && wrong.area && <p className="field-error">{say.mustArea}</p>}
        {[...kept.map(place => ({ value: place.code, label: place.name })), ...townships].map(place => (
          <label key={place.value} className="org-check">
            <input
              type="checkbox"
              checked={area.includes(place.value)}
              onChange={event => toggle(place.value, event.currentTarget.checked)}
            />
            {place.label}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}
