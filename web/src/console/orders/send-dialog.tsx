import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { MoneyField, NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { api } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { Wrong } from './evidence-dialog.tsx'
import { useOrderWords } from './words.ts'

/** Whom, what, how often, until when; and as little of the family as who comes needs. */
export function SendDialog({
  needId,
  version,
  item,
  onSent,
  onClose,
}: {
  readonly needId: string
  readonly version: number
  readonly item: string | undefined
  readonly onSent: () => void
  readonly onClose: () => void
}) {
  const { send: say } = useOrderWords()
  const said = useSaid()
  const [service, setService] = useState(item?.startsWith('S-') ? item : '')
  const [provider, setProvider] = useState('')
  const [planned, setPlanned] = useState('')
  const [price, setPrice] = useState('')
  const [startBy, setStartBy] = useState('')
  const [dueBy, setDueBy] = useState('')
  const [what, setWhat] = useState('')
  const [callName, setCallName] = useState('')
  const [reach, setReach] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const organisations = useLoad(service ? `organisations for ${service}` : undefined, signal =>
    everyPage(page => api('GET /organisations', { query: { show: 'working', service, ...page }, signal })),
  )
  const count = numberIn(planned) ?? 0
  const yuan = numberIn(price)
  const wrong = {
    service: !service,
    provider: !provider,
    planned: !Number.isInteger(count) || count < 1 || count > 1_000,
    price: yuan === undefined,
    days: !startBy || !dueBy,
    what: what.trim().length < 2,
    callName: callName.trim() === '',
    reach: reach.trim().length < 2,
    agreed: !agreed,
  }
  const must = (field: keyof typeof wrong) => (tried && wrong[field] ? say.must : undefined)
  const [send, sending] = useDeed(async () => {
    await api('POST /needs/:needId/orders', {
      params: { needId },
      body: {
        provider: provider as never,
        service,
        plannedUnits: count,
        unitPrice: Math.round((yuan ?? 0) * 100),
        startBy: startBy as never,
        dueBy: dueBy as never,
        what: what.trim(),
        callName: callName.trim(),
        reach: reach.trim(),
        agreed: true,
        expectedVersion: version,
      },
    })
    onSent()
    onClose()
  })
  return (
    <FormDialog
      wide
      title={say.title}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[services, organisations]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.service}
        value={service}
        onChange={value => {
          setService(value)
          setProvider('')
        }}
        options={(services.value?.items ?? []).map(one => ({ value: one.id, label: `${one.id} ${said(one.name)}` }))}
        error={must('service')}
      />
      <SelectField
        label={say.provider}
        hint={organisations.value?.items.length === 0 ? say.noProvider : say.providerHint}
        value={provider}
        onChange={setProvider}
        options={(organisations.value?.items ?? []).map(one => ({ value: one.id, label: one.name }))}
        error={must('provider')}
      />
      <div className="orders-two">
        <NumberField label={say.planned} value={planned} onChange={setPlanned} error={must('planned')} />
        <MoneyField label={say.price} value={price} onChange={setPrice} error={must('price')} />
        <DayField above label={say.startBy} value={startBy} onChange={setStartBy} />
        <DayField above label={say.dueBy} value={dueBy} onChange={setDueBy} />
      </div>
      {must('days') && <Wrong words={say.must} />}
      <TextField
        label={say.what}
        hint={say.whatHint}
        lines={2}
        maxLength={300}
        value={what}
        onChange={setWhat}
        error={must('what')}
      />
      <div className="orders-two">
        <TextField
          label={say.callName}
          hint={say.callHint}
          maxLength={20}
          value={callName}
          onChange={setCallName}
          error={must('callName')}
        />
        <TextField label={say.reach} maxLength={80} value={reach} onChange={setReach} error={must('reach')} />
      </div>
      <div className={tried && wrong.agreed ? 'field wrong' : 'field'}>
        {tried && wrong.agreed && <Wrong words={say.mustAgree} />}
        <label className="orders-check">
          <input type="checkbox" checked={agreed} onChange={event => setAgreed(event.currentTarget.checked)} />
          {say.agreed}
        </label>
      </div>
    </FormDialog>
  )
}
