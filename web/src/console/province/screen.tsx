import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useProvinceWords } from './words.ts'

type Message = Result<'GET /province/needs'>['items'][number]
type Show = 'quarantined' | 'setAside'

/** 省平台来件: what the province sent and nobody of the registry fits; a clerk mends it, or sets it aside and says why. */
export function ProvinceScreen() {
  const say = useProvinceWords()
  const [show, setShow] = useState<Show>('quarantined')
  const [asking, setAsking] = useState<{ readonly what: 'mend' | 'setAside'; readonly message: Message }>()
  const [done, setDone] = useState('')
  const pages = usePages(`province ${show}`)
  const page = useLoad(`province ${show} ${pages.after ?? ''}`, signal =>
    api('GET /province/needs', { query: { state: show, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  const did = (words: string) => {
    setAsking(undefined)
    setDone(words)
    page.again()
  }
  const [takeBack, taking] = useDeed(async ({ id, version }: Message) => {
    const call = { params: { messageId: id }, body: { expectedVersion: version } }
    await api('POST /province/needs/:messageId/take-back', call)
    did(say.back)
  })
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <Segmented
          name="province-show"
          label={say.show}
          value={show}
          onChange={setShow}
          options={(['quarantined', 'setAside'] as const).map(value => ({ value, label: say.shows[value] }))}
        />
      </header>
      {done && (
        <Notice tone="hill" said>
          {done}
        </Notice>
      )}
      {taking.problem && <Failed problem={taking.problem} />}
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value?.items.length === 0 &&
        (show === 'quarantined' ? (
          <Empty title={say.none} good>
            {say.noneText}
          </Empty>
        ) : (
          <Empty title={say.noneAside} />
        ))}
      <div className="stack-wide">
        {page.value?.items.map(message => (
          <One
            key={message.id}
            message={message}
            busy={taking.busy}
            onAsk={what => setAsking({ what, message })}
            onTakeBack={() => takeBack(message)}
          />
        ))}
      </div>
      {page.value && <Pager pages={pages} next={page.value.next} />}
      {asking?.what === 'mend' && (
        <MendDialog message={asking.message} onDone={() => did(say.taken)} onClose={() => setAsking(undefined)} />
      )}
      {asking?.what === 'setAside' && (
        <AsideDialog message={asking.message} onDone={() => did(say.aside)} onClose={() => setAsking(undefined)} />
      )}
    </div>
  )
}

function One({
  message,
  busy,
  onAsk,
  onTakeBack,
}: {
  readonly message: Message
  readonly busy: boolean
  readonly onAsk: (what: 'mend' | 'setAside') => void
  readonly onTakeBack: () => void
}) {
  const say = useProvinceWords()
  const said = useSaid()
  const language = useLanguage()
  const { content } = message
  const named = content?.name || say.number(message.externalId)
  return (
    <Card label={named}>
      <div className="stack">
        <h2>
          {named} {content?.urgent && <Tag tone="seal">{say.urgent}</Tag>}
        </h2>
        <p className="second small">
          {message.place ?? say.noPlace} · {say.number(message.externalId)} ·{' '}
          {say.came(formatInstant(message.cameAt, language), message.came)}
          {content?.toldOn && ` · ${say.told(formatDay(content.toldOn, language))}`}
        </p>
        {content ? (
          <>
            {content.idNumber && (
              <p>
                {say.idNumber} {content.idNumber}
              </p>
            )}
            {content.words && <p>{content.words}</p>}
          </>
        ) : (
          <p className="second">{say.forgotten}</p>
        )}
        {message.state === 'quarantined' && message.whyWords && <Notice tone="ochre">{said(message.whyWords)}</Notice>}
        {message.state === 'setAside' && message.endedBy && <p className="second">{say.setAsideBy(message.endedBy)}</p>}
        <div className="row">
          {message.state === 'quarantined' ? (
            <>
              <Button kind="main" onClick={() => onAsk('mend')} name={`${say.mend} ${named}`}>
                {say.mend}
              </Button>
              <Button onClick={() => onAsk('setAside')} name={`${say.setAside} ${named}`}>
                {say.setAside}
              </Button>
            </>
          ) : (
            content && (
              <Button onClick={onTakeBack} busy={busy} name={`${say.takeBack} ${named}`}>
                {say.takeBack}
              </Button>
            )
          )}
        </div>
      </div>
    </Card>
  )
}

interface DialogProps {
  readonly message: Message
  readonly onDone: () => void
  readonly onClose: () => void
}

function MendDialog({ message, onDone, onClose }: DialogProps) {
  const say = useProvinceWords()
  const said = useSaid()
  const [name, setName] = useState(message.content?.name ?? '')
  const [idNumber, setIdNumber] = useState(message.content?.idNumber ?? '')
  const [words, setWords] = useState(message.content?.words ?? '')
  const [send, sending] = useDeed(async () => {
    const body = { name: name.trim(), idNumber: idNumber.trim(), words: words.trim(), expectedVersion: message.version }
    await api('POST /province/needs/:messageId/mend', { params: { messageId: message.id }, body })
    onDone()
  })
  return (
    <FormDialog title={say.mend} deed={sending} save={say.take} onSend={send} onClose={onClose}>
      {message.whyWords && !sending.problem && <p>{said(message.whyWords)}</p>}
      <TextField label={say.name} value={name} maxLength={50} onChange={setName} />
      <TextField label={say.idNumber} value={idNumber} maxLength={40} onChange={setIdNumber} />
      <TextField label={say.words} value={words} maxLength={500} lines={3} onChange={setWords} />
    </FormDialog>
  )
}

function AsideDialog({ message, onDone, onClose }: DialogProps) {
  const say = useProvinceWords()
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState(false)
  const isGood = reason.trim().length >= 2
  const [send, sending] = useDeed(async () => {
    const body = { reason: reason.trim(), expectedVersion: message.version }
    await api('POST /province/needs/:messageId/set-aside', { params: { messageId: message.id }, body })
    onDone()
  })
  return (
    <FormDialog
      title={say.setAside}
      deed={sending}
      save={say.setAside}
      onSend={() => (isGood ? send() : setWrong(true))}
      onClose={onClose}
    >
      <TextField
        label={say.reason}
        hint={say.reasonHint}
        error={wrong && !isGood ? say.reasonMissing : undefined}
        value={reason}
        maxLength={300}
        lines={2}
        onChange={setReason}
      />
    </FormDialog>
  )
}
