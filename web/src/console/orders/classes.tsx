import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
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
  const loaded = useLoad('classes', signal => api('GET /classes', { query: {}, signal }))
  const close = () => ask(undefined)
  const done = () => {
    loaded.again()
    close()
  }
  return (
    <div className="desk-pile">
      {isProvider && (
        <p>
          <Button kind="main" icon="plus" onClick={() => ask({ what: 'add' })}>
            {say.add}
          </Button>
        </p>
      )}
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['card']} />}
      {loaded.value?.items.length === 0 && <Empty title={say.none}>{say.noneText}</Empty>}
      {loaded.value?.items.map(one => (
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
            {formatDay(one.fromOn, language)} – {formatDay(one.untilOn, language)} · {say.held(one.held, one.days)} ·{' '}
            {say.free(one.free, one.places)}
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
      ))}
      {asked?.what === 'add' && <AddClass onDone={done} onClose={close} />}
      {asked?.what === 'seat' && <GiveSeat of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'attendance' && <NoteAttendance of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'certify' && (
        <Certify of={asked.of} order={asked.order} name={asked.name} onDone={done} onClose={close} />
      )}
    </div>
  )
}

interface Form {
  readonly onDone: () => void
  readonly onClose: () => void
}

function AddClass({ onDone, onClose }: Form) {
  const { classes: say, one, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [days, setDays] = useState('')
  const [places, setPlaces] = useState('')
  const [tried, setTried] = useState(false)
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
    <FormDialog
      title={say.add}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!wrong) send()
      }}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}

function GiveSeat({ of, onDone, onClose }: Form & { readonly of: Class }) {
  const { classes: say, one, send: form } = useOrderWords()
  const [order, setOrder] = useState('')
  const [tried, setTried] = useState(false)
  const open = useLoad('orders for a class', signal =>
    api('GET /orders', { query: { show: 'open', service: 'S-C2', limit: 100 }, signal }),
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
    <FormDialog
      title={`${say.seat} · ${of.name}`}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (order) send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.seatWhich}
        hint={open.value && free.length === 0 ? say.noOrders : undefined}
        value={order}
        onChange={setOrder}
        options={free.map(item => ({ value: item.id, label: `${item.name} · ${item.number}` }))}
        error={tried && !order ? form.must : undefined}
      />
    </FormDialog>
  )
}

function NoteAttendance({ of, onDone, onClose }: Form & { readonly of: Class }) {
  const { classes: say, one, send: form } = useOrderWords()
  const [on, setOn] = useState('')
  const [came, setCame] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const [send, sending] = useDeed(async () => {
    await api('POST /classes/:classId/attendance', {
      params: { classId: of.id },
      body: { on: on as never, came: came as never },
    })
    onDone()
  })
  return (
    <FormDialog
      title={`${say.attendance} · ${of.name}`}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (on) send()
      }}
      onClose={onClose}
    >
      <DayField above label={say.on} value={on} onChange={setOn} min={of.fromOn} max={of.untilOn} />
      {tried && !on && <p className="field-error">{form.must}</p>}
      <fieldset className="field">
        <legend className="field-label">{say.who}</legend>
        {of.seats.map(seat => (
          <label key={seat.order} className="orders-check">
            <input
              type="checkbox"
              checked={came.includes(seat.order)}
              onChange={event =>
                setCame(event.currentTarget.checked ? [...came, seat.order] : came.filter(id => id !== seat.order))
              }
            />
            {seat.name}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}

function Certify({
  of,
  order,
  name,
  onDone,
  onClose,
}: Form & { readonly of: Class; readonly order: string; readonly name: string }) {
  const { classes: say, one, send: form } = useOrderWords()
  const [certificate, setCertificate] = useState('')
  const [tried, setTried] = useState(false)
  const short = certificate.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /classes/:classId/certificates', {
      params: { classId: of.id },
      body: { order: order as never, certificate: certificate.trim() },
    })
    onDone()
  })
  return (
    <FormDialog
      title={say.certifyFor(name)}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.certificate}
        maxLength={60}
        value={certificate}
        onChange={setCertificate}
        error={tried && short ? form.must : undefined}
      />
    </FormDialog>
  )
}
