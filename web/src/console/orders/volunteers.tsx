import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Wrong } from './evidence-dialog.tsx'
import { type FormOf, RecordForm, RecordList, useRecords } from './records.tsx'
import { useOrderWords } from './words.ts'

type Volunteer = Result<'GET /volunteers'>['items'][number]
type Asked = { readonly what: 'add' } | { readonly what: 'vet' | 'leave'; readonly of: Volunteer }
const callings = ['student', 'teacher', 'retired', 'worker', 'other'] as const
const toneOf = { offered: 'ochre', vetted: 'hill', over: 'seal' } as const satisfies Record<Volunteer['state'], Tone>

/** Who offers to help: an organisation writes them down, the hub vets them, and their hours stand beside them. */
export function Volunteers({ isProvider }: { readonly isProvider: boolean }) {
  const { volunteers: say } = useOrderWords()
  const [asked, ask] = useState<Asked>()
  const records = useRecords('volunteers', ({ after }, signal) =>
    api('GET /volunteers', { query: after === undefined ? {} : { after: after as never }, signal }),
  )
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
        noneText={isProvider ? say.noneText : say.noneForHub}
      >
        {(items, busy) => (
          <Card label={say.title}>
            <VolunteerTable rows={items} busy={busy} isProvider={isProvider} onAsk={ask} />
            <p className="second small">{say.note}</p>
          </Card>
        )}
      </RecordList>
      {asked?.what === 'add' && <Offer onDone={done} onClose={close} />}
      {asked?.what === 'vet' && <Vet of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'leave' && <Leave of={asked.of} onDone={done} onClose={close} />}
    </>
  )
}

function VolunteerTable({
  rows,
  busy,
  isProvider,
  onAsk,
}: {
  readonly rows: readonly Volunteer[]
  readonly busy: boolean
  readonly isProvider: boolean
  readonly onAsk: (asked: Asked) => void
}) {
  const { volunteers: say } = useOrderWords()
  const language = useLanguage()
  return (
    <Table
      caption={say.title}
      rows={rows}
      busy={busy}
      rowKey={one => one.id}
      columns={[
        {
          key: 'name',
          head: say.name,
          main: true,
          cell: one => (
            <>
              {one.name} <span className="second small">{say.callings[one.calling]}</span>
            </>
          ),
        },
        {
          key: 'helped',
          head: say.helped,
          cell: one => (one.helped === null ? say.helpedOpen : one.helped ? say.helpedYes : say.helpedNo),
        },
        ...(isProvider ? [] : [{ key: 'for', head: say.provider, cell: (one: Volunteer) => one.provider.name }]),
        {
          key: 'state',
          head: say.state,
          cell: one => (
            <>
              <Tag tone={toneOf[one.state]}>{say.states[one.state]}</Tag>{' '}
              {one.validUntil && <span className="second small">{say.until(formatDay(one.validUntil, language))}</span>}
            </>
          ),
        },
        { key: 'hours', head: say.hours, figure: true, cell: one => one.hours },
        { key: 'by', head: say.by, cell: one => `${one.by} · ${formatDay(one.agreedOn, language)}` },
        {
          key: 'acts',
          head: '',
          cell: one => (
            <span className="row">
              {!isProvider && one.state !== 'vetted' && (
                <Button kind="text" name={say.vetOf(one.name)} onClick={() => onAsk({ what: 'vet', of: one })}>
                  {say.vet}
                </Button>
              )}
              <Button kind="text" name={say.leaveOf(one.name)} onClick={() => onAsk({ what: 'leave', of: one })}>
                {say.leave}
              </Button>
            </span>
          ),
        },
      ]}
    />
  )
}

function Offer({ onDone, onClose }: FormOf) {
  const { volunteers: say, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [calling, setCalling] = useState('')
  const [helped, setHelped] = useState('')
  const [agreed, setAgreed] = useState(false)
  const short = name.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /volunteers', {
      body: {
        name: name.trim(),
        calling: calling as (typeof callings)[number],
        ...(helped === '' ? {} : { helped: helped === 'yes' }),
        agreed: true,
      },
    })
    onDone()
  })
  return (
    <RecordForm title={say.add} wrong={short || !calling || !agreed} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <TextField
            label={say.name}
            maxLength={30}
            value={name}
            onChange={setName}
            error={tried && short ? form.must : undefined}
          />
          <SelectField
            label={say.calling}
            value={calling}
            onChange={setCalling}
            options={callings.map(value => ({ value, label: say.callings[value] }))}
            error={tried && !calling ? form.must : undefined}
          />
          <SelectField
            label={say.helpedAsk}
            hint={say.helpedHint}
            blank={say.helpedOpen}
            value={helped}
            onChange={setHelped}
            options={[
              { value: 'yes', label: say.helpedYes },
              { value: 'no', label: say.helpedNo },
            ]}
          />
          <div className={tried && !agreed ? 'field wrong' : 'field'}>
            {tried && !agreed && <Wrong words={say.mustAgree} />}
            <label className="orders-check">
              <input type="checkbox" checked={agreed} onChange={event => setAgreed(event.currentTarget.checked)} />
              {say.agreed}
            </label>
          </div>
        </>
      )}
    </RecordForm>
  )
}

function Vet({ of, onDone, onClose }: FormOf & { readonly of: Volunteer }) {
  const { volunteers: say, adults, send: form } = useOrderWords()
  const [vettedOn, setVettedOn] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const wrong = !vettedOn || !validUntil
  const [send, sending] = useDeed(async () => {
    await api('POST /volunteers/:volunteerId/vet', {
      params: { volunteerId: of.id },
      body: { vettedOn: vettedOn as never, validUntil: validUntil as never },
    })
    onDone()
  })
  return (
    <RecordForm title={say.vetOf(of.name)} wrong={wrong} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <p className="second">
            {of.provider.name} · {say.callings[of.calling]}
          </p>
          <div className="orders-two">
            <DayField above label={adults.vettedOn} value={vettedOn} onChange={setVettedOn} />
            <DayField above label={adults.validUntil} value={validUntil} onChange={setValidUntil} />
          </div>
          {tried && wrong && <Wrong words={form.must} />}
        </>
      )}
    </RecordForm>
  )
}

function Leave({ of, onDone, onClose }: FormOf & { readonly of: Volunteer }) {
  const { volunteers: say, one } = useOrderWords()
  const [reason, setReason] = useState('')
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /volunteers/:volunteerId/leave', {
      params: { volunteerId: of.id },
      body: { reason: reason.trim() },
    })
    onDone()
  })
  return (
    <RecordForm
      title={say.leaveOf(of.name)}
      save={say.leave}
      wrong={short}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {tried => (
        <>
          <p className="second">{say.leaveText}</p>
          <TextField
            label={one.reason}
            lines={2}
            maxLength={200}
            value={reason}
            onChange={setReason}
            error={tried && short ? one.must : undefined}
          />
        </>
      )}
    </RecordForm>
  )
}
