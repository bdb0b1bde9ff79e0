import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Choices, Question } from '../../parts/choice.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useHookWords } from './words.ts'

type Message = Result<'GET /webhooks/:subscriptionId/messages'>['items'][number]
type Show = 'all' | Message['state']

const tones: Readonly<Record<Message['state'], Tone>> = { waiting: 'river', delivered: 'hill', dead: 'seal' }

/** Messages to one system, with each try; what did not arrive is sent again from here, one or a span. */
export function WebhookScreen() {
  const { one: say } = useHookWords()
  const { subscriptionId } = useParams({ strict: false }) as { subscriptionId: string }
  const [show, setShow] = useState<Show>('all')
  const [asking, setAsking] = useState(false)
  const [done, setDone] = useState('')
  const pages = usePages(`messages ${subscriptionId} ${show}`)
  const hooks = useLoad('webhooks', signal => api('GET /webhooks', { signal }))
  const page = useLoad(`messages ${subscriptionId} ${show} ${pages.after ?? ''}`, signal =>
    api('GET /webhooks/:subscriptionId/messages', {
      params: { subscriptionId },
      query: { limit: 25, ...(show === 'all' ? {} : { state: show }), ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  const reload = () => {
    hooks.again()
    page.again()
  }
  useLive(['doors.'], reload)
  const sent = (replayed: number) => {
    setAsking(false)
    setDone(say.againDone(replayed))
    reload()
  }
  const [again, sending] = useDeed(async (message: Message) => {
    const body = { message: message.id }
    sent((await api('POST /webhooks/:subscriptionId/replay', { params: { subscriptionId }, body })).replayed)
  })
  const hook = hooks.value?.items.find(one => one.id === subscriptionId)
  const isOpen = hook !== undefined && hook.state !== 'ended'
  return (
    <div>
      <header className="desk-head">
        <div>
          <p>
            <Link to="/webhooks">{say.back}</Link>
          </p>
          <h1 tabIndex={-1}>{say.title(hook?.name ?? '')}</h1>
        </div>
        <span className="row">
          <Segmented
            name="messages-show"
            label={say.show}
            value={show}
            onChange={setShow}
            options={(['all', 'dead', 'waiting', 'delivered'] as const).map(value => ({
              value,
              label: say.shows[value],
            }))}
          />
          {isOpen && <Button onClick={() => setAsking(true)}>{say.span}</Button>}
        </span>
      </header>
      {done && (
        <Notice tone="hill" said>
          {done}
        </Notice>
      )}
      {sending.problem && <Failed problem={sending.problem} />}
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['tall']} />}
      {page.value?.items.length === 0 && <Empty title={say.none} good={show === 'dead'} />}
      {page.value && page.value.items.length > 0 && (
        <Card label={say.list}>
          <Messages
            items={page.value.items}
            isSent={hook?.state === 'active'}
            onAgain={isOpen ? again : undefined}
            busy={sending.busy}
          />
        </Card>
      )}
      {page.value && <Pager pages={pages} next={page.value.next} />}
      {asking && <SpanDialog id={subscriptionId} onSent={sent} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Messages({
  items,
  isSent,
  onAgain,
  busy,
}: {
  readonly items: readonly Message[]
  /** Not paused: what waits goes out at its time. */
  readonly isSent: boolean
  readonly onAgain: ((message: Message) => void) | undefined
  readonly busy: boolean
}) {
  const { one: say } = useHookWords()
  const said = useSaid()
  const language = useLanguage()
  const when = (instant: string) => formatInstant(instant, language)
  return (
    <Table
      caption={say.list}
      rows={items}
      rowKey={message => message.id}
      columns={[
        {
          key: 'kind',
          head: say.kind,
          main: true,
          cell: message => (
            <>
              {said(message.kindWords)}
              <p className="mini second">{message.kind}</p>
            </>
          ),
        },
        { key: 'at', head: say.at, cell: message => when(message.saidAt) },
        {
          key: 'state',
          head: say.state,
          cell: message => (
            <>
              <Tag tone={tones[message.state]}>{say.states[message.state]}</Tag>
              {message.why && <p className="mini second">{say.why[message.why]}</p>}
              {isSent && message.nextAt && message.tries > 0 && (
                <p className="mini second">{say.next(when(message.nextAt))}</p>
              )}
              {message.replays > 0 && <p className="mini second">{say.replays(message.replays)}</p>}
            </>
          ),
        },
        { key: 'tries', head: say.tries, cell: message => <Attempts message={message} /> },
        {
          key: 'acts',
          head: '',
          cell: message =>
            message.state !== 'waiting' &&
            onAgain && (
              <Button onClick={() => onAgain(message)} busy={busy} name={`${say.again} ${said(message.kindWords)}`}>
                {say.again}
              </Button>
            ),
        },
      ]}
    />
  )
}

const shown = 3

function Attempts({ message }: { readonly message: Message }) {
  const { one: say } = useHookWords()
  const language = useLanguage()
  if (message.attempts.length === 0) return <span className="second">{say.noTries}</span>
  return (
    <>
      <ol className="mini">
        {message.attempts.slice(0, shown).map(({ id, at, outcome, status, answer, ms }) => (
          <li key={id}>
            {formatInstant(at, language)} {say.outcomes[outcome]}
            {status === null ? '' : ` ${status}`}
            {answer && <> · {say.faults[answer] ?? <code>{answer}</code>}</>} · {ms} ms
          </li>
        ))}
      </ol>
      {message.attempts.length > shown && <p className="mini second">{say.more(message.attempts.length)}</p>}
    </>
  )
}

/** The office's days, as instants. */
const startOf = (day: string, plusDays = 0) =>
  new Date(new Date(`${day}T00:00:00+08:00`).getTime() + plusDays * 86_400_000).toISOString()

function SpanDialog({
  id,
  onSent,
  onClose,
}: {
  readonly id: string
  readonly onSent: (replayed: number) => void
  readonly onClose: () => void
}) {
  const { one: say } = useHookWords()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [which, setWhich] = useState<'dead' | 'all'>('dead')
  const [wrong, setWrong] = useState(false)
  const isDay = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day)
  const isGood = isDay(from) && isDay(until)
  const [send, sending] = useDeed(async () => {
    const body = { from: startOf(from), until: startOf(until, 1), which }
    const params = { subscriptionId: id }
    onSent((await api('POST /webhooks/:subscriptionId/replay', { params, body })).replayed)
  })
  return (
    <FormDialog
      title={say.spanTitle}
      deed={sending}
      save={say.go}
      onSend={() => (isGood ? send() : setWrong(true))}
      onClose={onClose}
    >
      <p>{say.spanText}</p>
      <DayField above label={say.from} value={from} onChange={setFrom} />
      <DayField above label={say.until} value={until} onChange={setUntil} />
      {wrong && !isGood && <Notice tone="ochre">{say.dayWrong}</Notice>}
      <Question title={say.which} small>
        <Choices
          name="replay-which"
          options={(['dead', 'all'] as const).map(value => ({ value, label: say.whichs[value] }))}
          chosen={[which]}
          onChoose={([one]) => setWhich(one === 'all' ? 'all' : 'dead')}
        />
      </Question>
    </FormDialog>
  )
}
