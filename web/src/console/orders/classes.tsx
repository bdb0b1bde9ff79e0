import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { type FormOf, RecordForm, RecordList, useRecords } from './records.tsx'
import { useOrderWords } from './words.ts'

type Class = Result<'GET /classes'>['items'][number]
type Asked =
  | { readonly what: 'add' }
  | { readonly what: 'seat' | 'attendance'; readonly of: Class }
  | { readonly what: 'certify'; readonly of: Class; readonly order: string; readonly name: string }

/** Classes, who sits in them, who came, who has a certificate. */
export function Classes({ isProvider }: { readonly isProvider: boolean }) {
  const { classes: say } = useOrderWords()
  const language = useLanguage()
  const [asked, ask] = useState<Asked>()
  const records = useRecords('classes', (query, signal) => api('GET /classes', { query, signal }))
  const close = () => ask(undefined)
  const done = () => {
    records.loaded.again()
    close()
  }
  return (
    <>
      <RecordList
        records={records}
        add={say.add}
        onAdd={isProvider ? () => ask({ what: 'add' }) : undefined}
        none={say.none}
        noneText={say.noneText}
      >
        {items =>
          items.map(one => (
            <Card key={one.id} label={one.name}>
              <div className="desk-card-head">
                <h2>{one.name}</h2>
                {isProvider && (
                  <div className="row">
                    <Button onClick={() => ask({ what: 'seat', of: one })}>{say.seat}</Button>
                    {one.seats.length > 0 && (
                      <Button onClick={() => ask({ what: 'attendance', of: one })}>{say.attendance}</Button>
                    )}
                  </div>
                )}
              </div>
              <p className="second">
                {!isProvider && one.provider && `${one.provider} · `}
                {formatDay(one.fromOn, language)} – {formatDay(one.untilOn, language)} · {say.held(one.held, one.days)}{' '}
                · {say.free(one.free, one.places)}
                {one.guarded && <> · {say.guarded}</>}
              </p>
              <ul className="orders-seats" aria-label={say.seats}>
                {one.seats.map(seat => (
                  <li key={seat.order}>
                    <span>
                      {seat.name} <span className="second small">{say.came(seat.came, seat.missed)}</span>
                    </span>
                    {seat.certificate ? (
                      <Tag tone="hill">{say.certified(seat.certificate)}</Tag>
                    ) : (
                      isProvider && (
                        <Button
                          kind="text"
                          name={say.certifyFor(seat.name)}
                          onClick={() => ask({ what: 'certify', of: one, order: seat.order, name: seat.name })}
                        >
                          {say.certify}
                        </Button>
                      )
                    )}
                  </li>
                ))}
              </ul>
            </Card>
          ))
        }
      </RecordList>
      {asked?.what === 'add' && <AddClass onDone={done} onClose={close} />}
      {asked?.what === 'seat' && <GiveSeat of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'attendance' && <NoteAttendance of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'certify' && (
        <Certify of={asked.of} order={asked.order} name={asked.name} onDone={done} onClose={close} />
      )}
    </>
  )
}

function AddClass({ onDone, onClose }: FormOf) {
  const { classes: say, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [days, setDays] = useState('')
  const [places, setPlaces] = useState('')
  const isCount = (typed: string) => Number.isInteger(numberIn(typed) ?? 0.5) && (numberIn(typed) ?? 0) > 0
  const wrong = name.trim().length < 2 || !from || !until || !isCount(days) || !isCount(places)
  const [send, sending] = useDeed(async () => {
    await api('POST /classes', {
      body: {
        name: name.trim(),
        fromOn: from as never,
        untilOn: until as never,
        days: numberIn(days) ?? 1,
        places: numberIn(places) ?? 1,
      },
    })
    onDone()
  })
  return (
    <RecordForm title={say.add} wrong={wrong} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <TextField
            label={say.name}
            maxLength={60}
            value={name}
            onChange={setName}
            error={tried && name.trim().length < 2 ? form.must : undefined}
          />
          <div className="orders-two">
            <DayField above label={say.from} value={from} onChange={setFrom} />
            <DayField above label={say.until} value={until} onChange={setUntil} />
            <NumberField
              label={say.days}
              value={days}
              onChange={setDays}
              error={tried && !isCount(days) ? form.must : undefined}
            />
            <NumberField
              label={say.places}
              value={places}
              onChange={setPlaces}
              error={tried && !isCount(places) ? form.must : undefined}
            />
          </div>
          {tried && (!from || !until) && <p className="field-error">{form.must}</p>}
        </>
      )}
    </RecordForm>
  )
}

function GiveSeat({ of, onDone, onClose }: FormOf & { readonly of: Class }) {
  const { classes: say, send: form } = useOrderWords()
  const [order, setOrder] = useState('')
  const open = useLoad('orders for a class', signal =>
    everyPage(page => api('GET /orders', { query: { show: 'open', record: 'class', ...page }, signal })),
  )
  const free = (open.value?.items ?? []).filter(
    item =>
      (item.state === 'accepted' || item.state === 'inProgress') && !of.seats.some(seat => seat.order === item.id),
  )
  const [send, sending] = useDeed(async () => {
    await api('POST /classes/:classId/seats', { params: { classId: of.id }, body: { order: order as never } })
    onDone()
  })
  return (
    <RecordForm
      title={`${say.seat} · ${of.name}`}
      wrong={!order}
      reads={[open]}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {tried => (
        <SelectField
          label={say.seatWhich}
          hint={open.value && free.length === 0 ? say.noOrders : undefined}
          value={order}
          onChange={setOrder}
          options={free.map(item => ({ value: item.id, label: `${item.name} · ${item.number}` }))}
          error={tried && !order ? form.must : undefined}
        />
      )}
    </RecordForm>
  )
}

function NoteAttendance({ of, onDone, onClose }: FormOf & { readonly of: Class }) {
  const { classes: say, visit, send: form } = useOrderWords()
  const [on, setOn] = useState('')
  const [came, setCame] = useState<readonly string[]>([])
  const [hours, setHours] = useState('2')
  const [adults, setAdults] = useState<readonly string[]>([])
  const vetted = useLoad(of.guarded ? 'adults' : undefined, signal =>
    everyPage(page => api('GET /adults', { query: page, signal })),
  )
  const lasted = numberIn(hours) ?? 0
  const wrongHours = of.guarded && !(Number.isInteger(lasted) && lasted >= 1 && lasted <= 12)
  const [send, sending] = useDeed(async () => {
    await api('POST /classes/:classId/attendance', {
      params: { classId: of.id },
      body: {
        on: on as never,
        came: came as never,
        ...(of.guarded ? { hours: lasted, adults: adults as never } : {}),
      },
    })
    onDone()
  })
  return (
    <RecordForm
      title={`${say.attendance} · ${of.name}`}
      wrong={!on || wrongHours}
      reads={[vetted]}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {tried => (
        <>
          <DayField above label={say.on} value={on} onChange={setOn} min={of.fromOn} max={of.untilOn} />
          {tried && !on && <p className="field-error">{form.must}</p>}
          <Ticked
            legend={say.who}
            options={of.seats.map(seat => ({ id: seat.order, name: seat.name }))}
            chosen={came}
            onChange={setCame}
          />
          {of.guarded && (
            <>
              <NumberField
                label={say.hours}
                value={hours}
                onChange={setHours}
                error={tried && wrongHours ? say.mustHours : undefined}
              />
              <Ticked
                legend={visit.adults}
                none={vetted.value?.items.length === 0 ? visit.noAdults : undefined}
                options={vetted.value?.items ?? []}
                chosen={adults}
                onChange={setAdults}
              />
            </>
          )}
        </>
      )}
    </RecordForm>
  )
}

function Ticked({
  legend,
  none,
  options,
  chosen,
  onChange,
}: {
  readonly legend: string
  readonly none?: string | undefined
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) {
  return (
    <fieldset className="field">
      <legend className="field-label">{legend}</legend>
      {none && <p className="field-hint">{none}</p>}
      {options.map(({ id, name }) => (
        <label key={id} className="orders-check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={event =>
              onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter(one => one !== id))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

function Certify({
  of,
  order,
  name,
  onDone,
  onClose,
}: FormOf & { readonly of: Class; readonly order: string; readonly name: string }) {
  const { classes: say, send: form } = useOrderWords()
  const [certificate, setCertificate] = useState('')
  const short = certificate.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /classes/:classId/certificates', {
      params: { classId: of.id },
      body: { order: order as never, certificate: certificate.trim() },
    })
    onDone()
  })
  return (
    <RecordForm title={say.certifyFor(name)} wrong={short} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <TextField
          label={say.certificate}
          maxLength={60}
          value={certificate}
          onChange={setCertificate}
          error={tried && short ? form.must : undefined}
        />
      )}
    </RecordForm>
  )
}
