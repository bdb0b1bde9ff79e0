import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useOrderWords } from './words.ts'

type Adult = Result<'GET /adults'>['items'][number]

/** Who may be with a child, until when. */
export function Adults({ mayVet }: { readonly mayVet: boolean }) {
  const { adults: say } = useOrderWords()
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Adult>()
  const loaded = useLoad('adults', signal => api('GET /adults', { query: {}, signal }))
  return (
    <div className="desk-pile">
      {mayVet && (
        <p>
          <Button kind="main" icon="plus" onClick={() => setAdding(true)}>
            {say.add}
          </Button>
        </p>
      )}
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['card']} />}
      {loaded.value?.items.length === 0 && <Empty title={say.none}>{say.noneText}</Empty>}
      {loaded.value && loaded.value.items.length > 0 && (
        <Card label={say.name}>
          <Table
            caption={say.name}
            rows={loaded.value.items}
            busy={loaded.busy}
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
      {adding && <Vet onDone={loaded.again} onClose={() => setAdding(false)} />}
      {ending && <EndVetting of={ending} onDone={loaded.again} onClose={() => setEnding(undefined)} />}
    </div>
  )
}

interface Form {
  readonly onDone: () => void
  readonly onClose: () => void
}

function Vet({ onDone, onClose }: Form) {
  const { adults: say, one, send: form } = useOrderWords()
  const [name, setName] = useState('')
  const [provider, setProvider] = useState('')
  const [vettedOn, setVettedOn] = useState('')
  const [validUntil, setValidUntil] = useState('')
  const [tried, setTried] = useState(false)
  const organisations = useLoad('organisations at work', signal =>
    api('GET /organisations', { query: { show: 'working', limit: 100 }, signal }),
  )
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
        maxLength={30}
        value={name}
        onChange={setName}
        error={tried && name.trim().length < 2 ? form.must : undefined}
      />
      <SelectField
        label={say.provider}
        value={provider}
        onChange={setProvider}
        options={(organisations.value?.items ?? []).map(item => ({ value: item.id, label: item.name }))}
        error={tried && !provider ? form.must : undefined}
      />
      <div className="orders-two">
        <DayField above label={say.vettedOn} value={vettedOn} onChange={setVettedOn} />
        <DayField above label={say.validUntil} value={validUntil} onChange={setValidUntil} />
      </div>
      {tried && (!vettedOn || !validUntil) && <p className="field-error">{form.must}</p>}
    </FormDialog>
  )
}

function EndVetting({ of, onDone, onClose }: Form & { readonly of: Adult }) {
  const { adults: say, one } = useOrderWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /adults/:adultId/end', { params: { adultId: of.id }, body: { reason: reason.trim() } })
    onDone()
    onClose()
  })
  return (
    <FormDialog
      title={say.endOf(of.name)}
      deed={sending}
      save={say.end}
      saving={one.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
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
