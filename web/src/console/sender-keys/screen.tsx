import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { FormDialog } from '../form-dialog.tsx'
import { SecretDialog } from '../secret-dialog.tsx'
import { withProof } from '../shell/proof.ts'
import { useKeyWords } from './words.ts'

type Keys = Result<'GET /sender-keys'>
type Key = Keys['items'][number]
type Made = Result<'POST /sender-keys'>

/** 报送密钥: which system may send what, since when and until when. */
export function SenderKeysScreen() {
  const say = useKeyWords()
  const said = useSaid()
  const language = useLanguage()
  const keys = useLoad('sender keys', signal => api('GET /sender-keys', { signal }))
  const [asking, setAsking] = useState<{ readonly what: 'rotate' | 'end'; readonly key: Key } | 'add'>()
  const [made, setMade] = useState<Made>()
  const close = () => setAsking(undefined)
  const came = (one: Made) => {
    close()
    setMade(one)
    keys.again()
  }
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <Button kind="main" icon="plus" onClick={() => setAsking('add')} off={!keys.value}>
          {say.add}
        </Button>
      </header>
      {keys.problem && <Failed problem={keys.problem} again={keys.again} at={keys.at} />}
      {!keys.value && !keys.problem && <Skeleton shape={['card']} />}
      {keys.value && (
        <Card label={say.list}>
          {keys.value.items.length === 0 ? (
            <p className="second">{say.empty}</p>
          ) : (
            <Table
              caption={say.list}
              rows={keys.value.items}
              rowKey={key => key.id}
              columns={[
                { key: 'sender', head: say.sender, main: true, cell: key => key.sender },
                { key: 'source', head: say.source, cell: key => said(key.sourceName) },
                { key: 'from', head: say.from, cell: key => formatInstant(key.from, language) },
                {
                  key: 'until',
                  head: say.until,
                  cell: key => (
                    <span className="row">
                      {key.until ? formatInstant(key.until, language) : say.noEnd}
                      <Tag tone={key.isGood ? 'hill' : 'plain'}>{key.isGood ? say.good : say.ended}</Tag>
                    </span>
                  ),
                },
                {
                  key: 'used',
                  head: say.used,
                  cell: key => (key.usedAt ? formatInstant(key.usedAt, language) : say.never),
                },
                {
                  key: 'acts',
                  head: '',
                  cell: key =>
                    key.isGood && (
                      <span className="row">
                        <Button onClick={() => setAsking({ what: 'rotate', key })} name={`${say.rotate} ${key.sender}`}>
                          {say.rotate}
                        </Button>
                        <Button
                          kind="danger"
                          onClick={() => setAsking({ what: 'end', key })}
                          name={`${say.end} ${key.sender}`}
                        >
                          {say.end}
                        </Button>
                      </span>
                    ),
                },
              ]}
            />
          )}
        </Card>
      )}
      {asking === 'add' && keys.value && <Add sources={keys.value.sources} onMade={came} onClose={close} />}
      {asking !== 'add' && asking?.what === 'rotate' && <Rotate of={asking.key} onMade={came} onClose={close} />}
      {asking !== 'add' && asking?.what === 'end' && (
        <Confirm
          title={say.stop.title}
          text={say.stop.text(asking.key.sender)}
          onClose={close}
          deed={async () => {
            await api('POST /sender-keys/:keyId/end', { params: { keyId: asking.key.id }, body: {} })
            keys.again()
          }}
        />
      )}
      {made && <SecretDialog id={made.id} secret={made.secret} words={say.made} onClose={() => setMade(undefined)} />}
    </div>
  )
}

function Add({
  sources,
  onMade,
  onClose,
}: {
  readonly sources: Keys['sources']
  readonly onMade: (made: Made) => void
  readonly onClose: () => void
}) {
  const say = useKeyWords()
  const said = useSaid()
  const [source, setSource] = useState(sources[0]?.source ?? '')
  const [sender, setSender] = useState('')
  const [add, adding] = useDeed(() =>
    withProof(async () => onMade(await api('POST /sender-keys', { body: { source, sender: sender.trim() } }))),
  )
  return (
    <FormDialog title={say.add} deed={adding} save={say.add} onSend={add} onClose={onClose}>
      <SelectField
        label={say.source}
        value={source}
        options={sources.map(one => ({ value: one.source, label: `${one.code} ${said(one.name)}` }))}
        onChange={setSource}
      />
      <TextField label={say.sender} hint={say.senderHint} value={sender} maxLength={60} onChange={setSender} />
    </FormDialog>
  )
}

const longest = 168

function Rotate({
  of,
  onMade,
  onClose,
}: {
  readonly of: Key
  readonly onMade: (made: Made) => void
  readonly onClose: () => void
}) {
  const { change: say } = useKeyWords()
  const [hours, setHours] = useState('24')
  const [wrong, setWrong] = useState<string>()
  const [rotate, rotating] = useDeed(() =>
    withProof(async () => {
      const overlapHours = Number(hours)
      onMade(await api('POST /sender-keys/:keyId/rotate', { params: { keyId: of.id }, body: { overlapHours } }))
    }),
  )
  const isGood = /^\d{1,3}$/.test(hours.trim()) && Number(hours) <= longest
  return (
    <FormDialog
      title={say.title}
      deed={rotating}
      save={say.go}
      onSend={() => (isGood ? rotate() : setWrong(say.wrong))}
      onClose={onClose}
    >
      <p>{say.text(of.sender)}</p>
      <NumberField
        label={say.overlap}
        hint={say.hint}
        error={isGood ? undefined : wrong}
        value={hours}
        onChange={setHours}
      />
    </FormDialog>
  )
}
