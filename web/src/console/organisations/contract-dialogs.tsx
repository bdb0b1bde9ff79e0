import { addDays, addMonths, type Day } from '@zhulian/kernel'
import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { MoneyField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { useServices } from './small-dialogs.tsx'
import type { Organisation } from './standing.tsx'
import { useOrganisationWords } from './words.ts'

export type Contract = NonNullable<Organisation['contracts']>[number]
export type ContractStep = Contract['next'][number]

const kinds = ['services', 'operation', 'cooperation'] as const

/** Writes a contract, or the one that follows another. */
export function ContractDialog({
  one,
  renews,
  put,
  onClose,
}: {
  readonly one: Organisation
  readonly renews?: Contract | undefined
  readonly put: (one: Organisation) => void
  readonly onClose: () => void
}) {
  const say = useOrganisationWords()
  const said = useSaid()
  const pool = useServices()
  const hubs = useLoad('hubs', signal => api('GET /hubs', { signal }))
  const today = useToday() as Day
  const after = renews && addDays(renews.lastOn, 1)
  const begins = after && after > today ? after : today
  const [kind, setKind] = useState<string>(renews?.kind ?? 'services')
  const [subject, setSubject] = useState(renews?.subject ?? '')
  const [services, setServices] = useState<readonly string[]>(renews?.services.map(service => service.id) ?? [])
  const [hub, setHub] = useState(renews?.hub?.id ?? '')
  const [amount, setAmount] = useState(renews ? String(renews.amountFen / 100) : '')
  const [provenance, setProvenance] = useState('')
  const [number, setNumber] = useState('')
  const [from, setFrom] = useState<string>(begins)
  const [until, setUntil] = useState<string>(addDays(addMonths(begins, 12), -1))
  const [tried, setTried] = useState(false)
  const yuan = numberIn(amount) ?? -1
  const wrong = {
    subject: subject.trim().length < 2,
    amount: yuan < 0 || yuan > 10_000_000_000,
    dates: from === '' || until === '' || until < from,
  }
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /organisations/:organisationId/contracts', {
        params: { organisationId: one.id },
        body: {
          kind: kind as Contract['kind'],
          subject: subject.trim(),
          services: [...services],
          amountFen: Math.round(yuan * 100),
          fromOn: from,
          untilOn: until,
          ...(hub && { hub }),
          ...(number.trim() && { number: number.trim() }),
          ...(provenance.trim() && { provenance: provenance.trim() }),
          ...(renews && { renews: renews.id }),
        },
      }),
    )
    onClose()
  })
  const toggle = (id: string, on: boolean) => setServices(on ? [...services, id] : services.filter(s => s !== id))
  return (
    <FormDialog
      title={renews ? say.renewOf(renews.subject) : say.writeContract}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[hubs, pool.read]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <p className="second">{say.writeLead}</p>
      <TextField
        label={say.subject}
        maxLength={200}
        value={subject}
        onChange={setSubject}
        error={tried && wrong.subject ? say.mustSubject : undefined}
      />
      <SelectField
        label={say.contractKind}
        value={kind}
        onChange={setKind}
        options={kinds.map(value => ({ value, label: say.contractKinds[value] }))}
      />
      <div className="org-days">
        <DayField above label={say.from} value={from} onChange={setFrom} />
        <DayField above label={say.untilDay} value={until} min={from || undefined} onChange={setUntil} />
      </div>
      {tried && wrong.dates && <p className="field-error">{say.mustDates}</p>}
      <MoneyField
        label={say.amount}
        value={amount}
        onChange={setAmount}
        error={tried && wrong.amount ? say.mustAmount : undefined}
      />
      <TextField
        label={say.provenance}
        hint={say.provenanceHint}
        optional
        maxLength={60}
        value={provenance}
        onChange={setProvenance}
      />
      <TextField label={say.number} optional maxLength={60} value={number} onChange={setNumber} />
      <SelectField
        label={say.hub}
        optional
        blank={say.noHub}
        value={hub}
        onChange={setHub}
        options={(hubs.value?.items ?? []).map(item => ({ value: item.id, label: said(item.name) }))}
      />
      <fieldset className="org-area">
        <legend className="field-label">{say.services}</legend>
        <p className="field-hint">{say.servicesHint}</p>
        {pool.options.map(service => (
          <label key={service.value} className="org-check">
            <input
              type="checkbox"
              checked={services.includes(service.value)}
              onChange={event => toggle(service.value, event.currentTarget.checked)}
            />
            {service.label}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}

const proofs = ['returned', 'deleted', 'nothingHeld'] as const

/** Signs a contract off, discards it, ends it early, or notes what became of the data. */
export function ContractStepDialog({
  contract,
  step,
  put,
  onClose,
}: {
  readonly contract: Contract
  readonly step: ContractStep
  readonly put: (one: Organisation) => void
  readonly onClose: () => void
}) {
  const say = useOrganisationWords()
  const said = useSaid()
  const language = useLanguage()
  const today = useToday() as Day
  const asks = (what: ContractStep['asks'][number]) => step.asks.includes(what)
  const [reason, setReason] = useState('')
  const isComing = contract.state === 'coming'
  const [lastOn, setLastOn] = useState<string>(isComing ? '' : today)
  const [proof, setProof] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = {
    reason: asks('reason') && reason.trim().length < 2,
    lastOn: asks('lastOn') && lastOn === '',
    proof: asks('proof') && proof === '',
  }
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /contracts/:contractId/steps', {
        params: { contractId: contract.id },
        body: {
          step: step.step,
          expectedVersion: contract.version,
          ...(reason.trim().length > 1 && { reason: reason.trim() }),
          ...(asks('lastOn') && { lastOn }),
          ...(asks('proof') && { proof: proof as (typeof proofs)[number] }),
        },
      }),
    )
    onClose()
  })
  return (
    <FormDialog
      title={said(step.words)}
      deed={sending}
      save={said(step.words)}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <p className="second">{contract.subject}</p>
      {step.step === 'sign' && <p>{say.signAsk}</p>}
      {asks('lastOn') && (
        <>
          <DayField
            above
            label={say.lastOn}
            value={lastOn}
            min={addDays(today, -1)}
            max={contract.lastOn}
            onChange={setLastOn}
          />
          <p className="field-hint">
            {isComing ? say.lastOnComing(formatDay(contract.fromOn, language)) : say.lastOnHint}
          </p>
          {tried && wrong.lastOn && <p className="field-error">{say.mustLastOn}</p>}
        </>
      )}
      {asks('proof') && (
        <SelectField
          label={say.proof}
          value={proof}
          onChange={setProof}
          options={proofs.map(value => ({ value, label: say.proofs[value] }))}
          error={tried && wrong.proof ? say.mustProof : undefined}
        />
      )}
      {(asks('reason') || asks('proof')) && (
        <TextField
          label={asks('proof') ? say.proofNote : say.reason}
          optional={asks('proof')}
          lines={2}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={tried && wrong.reason ? say.mustReason : undefined}
        />
      )}
    </FormDialog>
  )
}
