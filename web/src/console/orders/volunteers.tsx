import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { Wrong } from './evidence-dialog.tsx'
import { useOrderWords } from './words.ts'

type Volunteer = Result<'GET /volunteers'>['items'][number]
const callings = ['student', 'teacher', 'retired', 'worker', 'other'] as const
const toneOf = { offered: 'ochre', vetted: 'hill', over: 'seal' } as const satisfies Record<Volunteer['state'], Tone>

/** Who offers to help: an organisation writes them down, the hub vets them, and their hours stand beside them. */
export function Volunteers({ isProvider }: { readonly isProvider: boolean }) {
  const { volunteers: say } = useOrderWords()
  const language = useLanguage()
  const pages = usePages('volunteers')
  const [asked, ask] = useState<{ readonly what: 'add' } | { readonly what: 'vet' | 'leave'; readonly of: Volunteer }>()
  const loaded = useLoad(`volunteers ${pages.after ?? ''}`, signal =>
    api('GET /volunteers', { query: pages.after ? { after: pages.after as never } : {}, signal }),
  )
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
      {loaded.value?.items.length === 0 && <Empty title={say.none}>{isProvider ? say.noneText : say.noneForHub}</Empty>}
      {loaded.value && loaded.value.items.length > 0 && (
        <Card label={say.title}>
          <Table
            caption={say.title}
            rows={loaded.value.items}
            busy={loaded.busy}
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
                    {one.validUntil && (
                      <span className="second small">{say.until(formatDay(one.validUntil, language))}</span>
                    )}
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
                      <Button kind="text" name={say.vetOf(one.name)} onClick={() => ask({ what: 'vet', of: one })}>
                        {say.vet}
                      </Button>
                    )}
                    <Button kind="text" name={say.leaveOf(one.name)} onClick={() => ask({ what: 'leave', of: one })}>
                      {say.leave}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
          <p className="second small">{say.note}</p>
          <Pager pages={pages} next={loaded.value.next} />
        </Card>
      )}
      {asked?.what === 'add' && <Offer onDone={done} onClose={close} />}
      {asked?.what === 'vet' && <Vet of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'leave' && <Leave of={asked.of} onDone={done} onClose={close} />}
    </div>
  )
}

interface Form {
  readonly onDone: () => void
  readonly onClose: () => void
}

function Offer({ onDone, onClose }: Form) {
  const { volunteers: say, one, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [calling, setCalling] = useState('')
  const [helped, setHelped] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
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
    <FormDialog
      title={say.add}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!short && calling && agreed) send()
      }}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}

function Vet({ of, onDone, onClose }: Form & { readonly of: Volunteer }) {
  const { volunteers: say, adults, one, send: form } = useOrderWords()
  const [vettedOn, setVettedOn] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = !vettedOn || !validUntil
  const [send, sending] = useDeed(async () => {
    await api('POST /volunteers/:volunteerId/vet', {
      params: { volunteerId: of.id },
      body: { vettedOn: vettedOn as never, validUntil: validUntil as never },
    })
    onDone()
  })
  return (
    <FormDialog
      title={say.vetOf(of.name)}
      deed={sending}
      save={one.save}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!wrong) send()
      }}
      onClose={onClose}
    >
      <p className="second">
        {of.provider.name} · {say.callings[of.calling]}
      </p>
      <div className="orders-two">
        <DayField above label={adults.vettedOn} value={vettedOn} onChange={setVettedOn} />
        <DayField above label={adults.validUntil} value={validUntil} onChange={setValidUntil} />
      </div>
      {tried && wrong && <Wrong words={form.must} />}
    </FormDialog>
  )
}

function Leave({ of, onDone, onClose }: Form & { readonly of: Volunteer }) {
  const { volunteers: say, one } = useOrderWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /volunteers/:volunteerId/leave', {
      params: { volunteerId: of.id },
      body: { reason: reason.trim() },
    })
    onDone()
  })
  return (
    <FormDialog
      title={say.leaveOf(of.name)}
      deed={sending}
      save={say.leave}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <p className="second">{say.leaveText}</p>
      <TextField
        label={one.reason}
        lines={2}
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={tried && short ? one.must : undefined}
      />
    </FormDialog>
  )
}
