import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { EvidenceDialog } from './evidence-dialog.tsx'
import type { Order } from './one.tsx'
import { VisitDialog } from './visit-dialog.tsx'
import { useOrderWords } from './words.ts'

type Visit = Order['visits'][number]

interface Props {
  readonly order: Order
  readonly role: Role | undefined
  readonly put: (order: Order) => void
}

/** Each time somebody was there, and how one knows. */
export function Visits({ order, role, put }: Props) {
  const { one: say } = useOrderWords()
  const [noting, setNoting] = useState(false)
  return (
    <Card label={say.visits}>
      <div className="desk-card-head">
        <h2>{say.visits}</h2>
        {role === 'provider' && order.state === 'inProgress' && (
          <Button icon="pen" onClick={() => setNoting(true)}>
            {say.noteVisit}
          </Button>
        )}
      </div>
      {order.score && <p>{say.change(order.score.first, order.score.last, signed(order.score.change))}</p>}
      {order.visits.length === 0 && <p className="second">{say.noVisits}</p>}
      <ul className="orders-visits">
        {order.visits.map(visit => (
          <li key={visit.id} className={visit.flagged && !visit.seen ? 'flagged' : undefined}>
            <OneVisit order={order} visit={visit} role={role} put={put} />
          </li>
        ))}
      </ul>
      {noting && <VisitDialog order={order} put={put} onClose={() => setNoting(false)} />}
    </Card>
  )
}

const signed = (n: number) => (n > 0 ? `+${n}` : String(n))

function OneVisit({ order, visit, role, put }: Props & { readonly visit: Visit }) {
  const { list } = useMarks()
  const { one: say } = useOrderWords()
  const said = useSaid()
  const language = useLanguage()
  const [adding, setAdding] = useState<'photo' | 'signature'>()
  const [looking, setLooking] = useState(false)
  const unit = order.service.unit ? said(order.service.unit) : say.times
  const mayLook = (role === 'townshipClerk' || role === 'districtOfficer') && visit.flagged && !visit.seen
  return (
    <>
      <p className="row">
        <strong>{formatDay(visit.on, language)}</strong>
        <span>{say.unit(visit.units, unit)}</span>
        {visit.proved ? <Tag tone="hill">{say.proved[visit.proved]}</Tag> : !visit.flagged && <Tag>{say.unproved}</Tag>}
        {visit.score !== null && <span className="second">{say.score(visit.score)}</span>}
      </p>
      <p>{visit.words}</p>
      <p className="second small">
        {[visit.by, visit.adults.length > 0 && say.adults(visit.adults.join(list))].filter(Boolean).join(' · ')}
      </p>
      {visit.flagged && <p>{say.flag}</p>}
      {visit.seen && <p className="second">{say.seen(visit.seen.by, visit.seen.words)}</p>}
      <div className="row">
        {visit.evidence.map((one, i) => (
          <a key={one.id} href={`/api/order-evidence/${one.id}`} target="_blank" rel="noreferrer">
            {say.evidence[one.kind]} {i + 1}
          </a>
        ))}
        {role === 'provider' &&
          order.state === 'inProgress' &&
          (['photo', 'signature'] as const).map(kind => (
            <Button key={kind} kind="text" onClick={() => setAdding(kind)}>
              {kind === 'photo' ? say.addPhoto : say.addSignature}
            </Button>
          ))}
        {mayLook && <Button onClick={() => setLooking(true)}>{say.lookAt}</Button>}
      </div>
      {adding && (
        <EvidenceDialog order={order} visitId={visit.id} kind={adding} put={put} onClose={() => setAdding(undefined)} />
      )}
      {looking && <LookDialog order={order} visitId={visit.id} put={put} onClose={() => setLooking(false)} />}
    </>
  )
}

function LookDialog({
  order,
  visitId,
  put,
  onClose,
}: {
  readonly order: Order
  readonly visitId: Visit['id']
  readonly put: (order: Order) => void
  readonly onClose: () => void
}) {
  const { one: say } = useOrderWords()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const short = words.trim().length < 4
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /orders/:orderId/visits/:visitId/look', {
        params: { orderId: order.id, visitId },
        body: { words: words.trim() },
      }),
    )
    onClose()
  })
  return (
    <FormDialog
      title={say.lookAt}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.lookWords}
        lines={3}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={tried && short ? say.must : undefined}
      />
    </FormDialog>
  )
}
