import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { MoneyField, NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { type OrganisationChosen, OrganisationField } from '../organisations/organisation-field.tsx'
import type { Project } from './look.ts'
import { useProjectWords } from './words.ts'

export type ProjectStep = Project['next'][number]

/** Whatever a step asks for. */
export function ProjectStepDialog({
  project,
  step,
  onSend,
  onClose,
}: {
  readonly project: Project
  readonly step: ProjectStep
  readonly onSend: (body: Record<string, unknown>) => Promise<unknown>
  readonly onClose: () => void
}) {
  const { form: say } = useProjectWords()
  const said = useSaid()
  const asks = (what: ProjectStep['asks'][number]) => step.asks.includes(what)
  const funds = useLoad(asks('amount') ? 'project funds' : undefined, signal => api('GET /projects/funds', { signal }))
  const fitting = (funds.value?.funds ?? []).filter(fund => fund.purpose === project.brand.id)
  const [known, setKnown] = useState<OrganisationChosen>()
  const [note, setNote] = useState('')
  const [amount, setAmount] = useState(project.costFen > 0 ? String(project.costFen / 100) : '')
  const [fund, setFund] = useState('')
  const [name, setName] = useState('')
  const [until, setUntil] = useState('')
  const [places, setPlaces] = useState(String(project.places))
  const [tried, setTried] = useState(false)
  const fen = Math.round((numberIn(amount) ?? 0) * 100)
  const wrong = {
    note: (asks('note') || asks('reason')) && note.trim().length < 2,
    amount: asks('amount') && !(fen >= 1),
    fund: asks('amount') && fund === '',
    name: asks('organisation') && !known && name.trim().length < 2,
    until: asks('until') && until === '',
    places: asks('places') && !(Number.isInteger(Number(places)) && Number(places) >= 1),
  }
  const [send, sending] = useDeed(async () => {
    await onSend({
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(asks('amount') ? { amountFen: fen, fund } : {}),
      ...(asks('organisation')
        ? { organisation: known ? { id: known.id, name: known.name } : { name: name.trim() } }
        : {}),
      ...(asks('until') ? { until } : {}),
      ...(asks('places') ? { places: Number(places) } : {}),
    })
    onClose()
  })
  return (
    <FormDialog
      title={said(step.words)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[funds]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <p className="second">{project.name}</p>
      {asks('amount') && (
        <>
          <MoneyField
            label={say.amount}
            value={amount}
            onChange={setAmount}
            error={tried && wrong.amount ? say.mustAmount : undefined}
          />
          <SelectField
            label={say.fund}
            hint={say.fundHint}
            value={fund}
            onChange={setFund}
            options={fitting.map(one => ({ value: one.id, label: `${one.name} · ${said(one.kindWords)}` }))}
            error={tried && wrong.fund ? say.mustFund : undefined}
          />
        </>
      )}
      {asks('organisation') && (
        <>
          <OrganisationField
            show="working"
            label={say.listed}
            hint={say.organisationHint}
            optional
            blank={say.notListed}
            value={known?.id ?? ''}
            onChange={(_, one) => setKnown(one)}
          />
          {!known && (
            <TextField
              label={say.organisation}
              maxLength={80}
              value={name}
              onChange={setName}
              error={tried && wrong.name ? say.mustName : undefined}
            />
          )}
        </>
      )}
      {asks('until') && (
        <>
          <DayField label={say.until} value={until} onChange={setUntil} above />
          {tried && wrong.until && <p className="field-error">{say.mustUntil}</p>}
        </>
      )}
      {asks('places') && (
        <NumberField
          label={say.places}
          value={places}
          onChange={setPlaces}
          error={tried && wrong.places ? say.mustPlaces : undefined}
        />
      )}
      {(asks('note') || asks('reason')) && (
        <TextField
          label={asks('reason') ? say.reason : say.note}
          lines={3}
          maxLength={500}
          value={note}
          onChange={setNote}
          error={tried && wrong.note ? say.must : undefined}
        />
      )}
    </FormDialog>
  )
}
