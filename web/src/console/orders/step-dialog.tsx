import { useState } from 'react'
import { TextField } from '../../parts/field.tsx'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Order, OrderStep } from './one.tsx'
import { useOrderWords } from './words.ts'

/** Why: always for some steps, and where what was done is not what was planned. */
export function OrderStepDialog({
  order,
  step,
  onSend,
  onClose,
}: {
  readonly order: Order
  readonly step: OrderStep
  readonly onSend: (note: string | undefined) => Promise<unknown>
  readonly onClose: () => void
}) {
  const { one: say } = useOrderWords()
  const said = useSaid()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const differs =
    order.doneUnits !== order.plannedUnits || order.visits.some(visit => visit.units > 0 && visit.proved === null)
  const must = step.asks.includes('reason') || differs
  const short = must && note.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await onSend(note.trim() || undefined)
    onClose()
  })
  return (
    <FormDialog
      title={said(step.words)}
      deed={sending}
      save={said(step.words)}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={step.asks.includes('reason') ? say.reason : say.deviation}
        optional={!must}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
        error={tried && short ? say.must : undefined}
      />
    </FormDialog>
  )
}
