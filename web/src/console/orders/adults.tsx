import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { TextField } from '../../parts/field.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { OrganisationField } from '../organisations/organisation-field.tsx'
import { type FormOf, RecordForm, RecordList, useRecords } from './records.tsx'
import { useOrderWords } from './words.ts'

type Adult = Result<'GET /adults'>['items'][number]

/** Who may be with a child, until when. */
export function Adults({ mayVet }: { readonly mayVet: boolean }) {
  const { adults: say } = useOrderWords()
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Adult>()
  const records = useRecords('adults', (query, signal) => api('GET /adults', { query, signal }))
  return (
    <>
      <RecordList
        records={records}
        add={say.add}
        onAdd={mayVet ? () => setAdding(true) : undefined}
        none={say.none}
        noneText={say.noneText}
      >
        {(items, busy) => (
          <Card label={say.name}>
            <Table
              caption={say.name}
              rows={items}
              busy={busy}
              rowKey={one => one.id}
              columns={[
                { key: 'name', head: say.name, main: true, cell: one => one.name },
                {
                  key: 'until',
                  head: say.validUntil,
                  cell: one => (
                    <>
                      {formatDay(one.validUntil, language)}{' '}
                      <Tag tone={one.holds ? 'hill' : 'seal'}>{one.holds ? say.holds : say.over}</Tag>
                    </>
                  ),
                },
                { key: 'on', head: say.vettedOn, cell: one => formatDay(one.vettedOn, language) },
                { key: 'by', head: say.by, cell: one => one.by },
                ...(mayVet
                  ? [
                      {
                        key: 'end',
                        head: say.end,
                        cell: (one: Adult) => (
                          <Button kind="text" name={say.endOf(one.name)} onClick={() => setEnding(one)}>
                            {say.end}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Card>
        )}
      </RecordList>
      {adding && <Vet onDone={records.loaded.again} onClose={() => setAdding(false)} />}
      {ending && <EndVetting of={ending} onDone={records.loaded.again} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function Vet({ onDone, onClose }: FormOf) {
  const { adults: say, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [provider, setProvider] = useState('')
  const [vettedOn, setVettedOn] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const wrong = name.trim().length < 2 || !provider || !vettedOn || !validUntil
  const [send, sending] = useDeed(async () => {
    await api('POST /adults', {
      body: {
        name: name.trim(),
        provider: provider as never,
        vettedOn: vettedOn as never,
        validUntil: validUntil as never,
      },
    })
    onDone()
    onClose()
  })
  return (
    <RecordForm title={say.add} wrong={wrong} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <>
          <TextField
            label={say.name}
            maxLength={30}
            value={name}
            onChange={setName}
            error={tried && name.trim().length < 2 ? form.must : undefined}
          />
          <OrganisationField
            show="working"
            label={say.provider}
            value={provider}
            onChange={setProvider}
            error={tried && !provider ? form.must : undefined}
          />
          <div className="orders-two">
            <DayField above label={say.vettedOn} value={vettedOn} onChange={setVettedOn} />
            <DayField above label={say.validUntil} value={validUntil} onChange={setValidUntil} />
          </div>
          {tried && (!vettedOn || !validUntil) && <p className="field-error">{form.must}</p>}
        </>
      )}
    </RecordForm>
  )
}

function EndVetting({ of, onDone, onClose }: FormOf & { readonly of: Adult }) {
  const { adults: say, one } = useOrderWords()
  const [reason, setReason] = useState('')
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /adults/:adultId/end', { params: { adultId: of.id }, body: { reason: reason.trim() } })
    onDone()
    onClose()
  })
  return (
    <RecordForm title={say.endOf(of.name)} save={say.end} wrong={short} deed={sending} onSend={send} onClose={onClose}>
      {tried => (
        <TextField
          label={one.reason}
          lines={2}
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={tried && short ? one.must : undefined}
        />
      )}
    </RecordForm>
  )
}
