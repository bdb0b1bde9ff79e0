import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { type FormOf, RecordForm, RecordList, useRecords } from './records.tsx'
import { useOrderWords } from './words.ts'

type Device = Result<'GET /lending'>['items'][number]
type Asked = { readonly what: 'add' } | { readonly what: 'lend' | 'back'; readonly of: Device }
const states = ['good', 'worn', 'broken', 'lost'] as const

/** Devices: with whom each is, and until when. */
export function Lending({ isProvider }: { readonly isProvider: boolean }) {
  const { lending: say } = useOrderWords()
  const language = useLanguage()
  const [asked, ask] = useState<Asked>()
  const records = useRecords('lending', (query, signal) => api('GET /lending', { query, signal }))
  const close = () => ask(undefined)
  const done = () => {
    records.loaded.again()
    close()
  }
  const act = (one: Device) =>
    one.loan ? (
      <Button name={say.backThis(`${one.name} ${one.mark}`)} onClick={() => ask({ what: 'back', of: one })}>
        {say.back}
      </Button>
    ) : (
      !one.gone && (
        <Button name={say.lendThis(`${one.name} ${one.mark}`)} onClick={() => ask({ what: 'lend', of: one })}>
          {say.lend}
        </Button>
      )
    )
  return (
    <>
      <RecordList
        records={records}
        add={say.add}
        onAdd={isProvider ? () => ask({ what: 'add' }) : undefined}
        none={say.none}
        noneText={say.noneText}
      >
        {(items, busy) => (
          <Card label={say.columns.name}>
            <Table
              caption={say.columns.name}
              rows={items}
              busy={busy}
              rowKey={one => one.id}
              columns={[
                {
                  key: 'name',
                  head: say.columns.name,
                  main: true,
                  cell: one => (
                    <>
                      {one.name}
                      {!isProvider && one.provider && <span className="orders-note second small">{one.provider}</span>}
                    </>
                  ),
                },
                { key: 'mark', head: say.columns.mark, cell: one => one.mark },
                {
                  key: 'where',
                  head: say.columns.where,
                  cell: one => (
                    <>
                      {one.loan
                        ? say.with(one.loan.name, formatDay(one.loan.dueOn, language))
                        : one.gone
                          ? say.gone
                          : say.free}{' '}
                      {one.loan?.overdue && <Tag tone="seal">{say.overdue}</Tag>}
                    </>
                  ),
                },
                ...(isProvider ? [{ key: 'act', head: say.columns.act, cell: act }] : []),
              ]}
            />
          </Card>
        )}
      </RecordList>
      {asked?.what === 'add' && <AddDevice onDone={done} onClose={close} />}
      {asked?.what === 'lend' && <Lend of={asked.of} onDone={done} onClose={close} />}
      {asked?.what === 'back' && <TakeBack of={asked.of} onDone={done} onClose={close} />}
    </>
  )
}

function AddDevice({ onDone, onClose }: FormOf) {
  const { lending: say, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [mark, setMark] = useState('')
  const wrong = { name: name.trim() === '', mark: mark.trim() === '' }
  const [send, sending] = useDeed(async () => {
    await api('POST /lending', { body: { name: name.trim(), mark: mark.trim() } })
    onDone()
  })
  return (
    <RecordForm title={say.add} wrong={wrong.name || wrong.mark} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <TextField
            label={say.name}
            maxLength={60}
            value={name}
            onChange={setName}
            error={tried && wrong.name ? form.must : undefined}
          />
          <TextField
            label={say.mark}
            maxLength={30}
            value={mark}
            onChange={setMark}
            error={tried && wrong.mark ? form.must : undefined}
          />
        </>
      )}
    </RecordForm>
  )
}

function Lend({ of, onDone, onClose }: FormOf & { readonly of: Device }) {
  const { lending: say, send: form } = useOrderWords()
  const [order, setOrder] = useState('')
  const [due, setDue] = useState('')
  const open = useLoad('orders for a device', signal =>
    everyPage(page => api('GET /orders', { query: { state: 'inProgress', record: 'device', ...page }, signal })),
  )
  const [send, sending] = useDeed(async () => {
    await api('POST /lending/:deviceId/loans', {
      params: { deviceId: of.id },
      body: { order: order as never, dueOn: due as never },
    })
    onDone()
  })
  return (
    <RecordForm
      title={say.lendThis(`${of.name} ${of.mark}`)}
      save={say.lend}
      wrong={!order || !due}
      reads={[open]}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {tried => (
        <>
          <SelectField
            label={say.toWhom}
            hint={open.value?.items.length === 0 ? say.noOrders : undefined}
            value={order}
            onChange={setOrder}
            options={(open.value?.items ?? []).map(item => ({
              value: item.id,
              label: `${item.name} · ${item.number}`,
            }))}
            error={tried && !order ? form.must : undefined}
          />
          <DayField above label={say.due} value={due} onChange={setDue} />
          {tried && !due && <p className="field-error">{form.must}</p>}
        </>
      )}
    </RecordForm>
  )
}

function TakeBack({ of, onDone, onClose }: FormOf & { readonly of: Device }) {
  const { lending: say } = useOrderWords()
  const [state, setState] = useState<(typeof states)[number]>('good')
  const [send, sending] = useDeed(async () => {
    await api('POST /lending/:deviceId/return', { params: { deviceId: of.id }, body: { state } })
    onDone()
  })
  return (
    <RecordForm
      title={say.backThis(`${of.name} ${of.mark}`)}
      save={say.back}
      deed={sending}
      onSend={send}
      onClose={onClose}
    >
      {() => (
        <SelectField
          label={say.state}
          value={state}
          onChange={value => setState(states.find(one => one === value) ?? 'good')}
          options={states.map(value => ({ value, label: say.states[value] }))}
        />
      )}
    </RecordForm>
  )
}
