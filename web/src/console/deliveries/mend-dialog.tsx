import { useState } from 'react'
import { TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Whole } from './one.tsx'
import type { Row } from './cells.tsx'
import { useDeliveryWords } from './words.ts'

/** A row as fields, what is wrong beside its field; saved, it is read again at once. */
export function MendDialog({
  delivery,
  row: before,
  onClose,
  onBecame,
}: {
  readonly delivery: Whole
  readonly row: Row
  readonly onClose: () => void
  readonly onBecame: (outcome: Row['outcome'], now: Whole) => void
}) {
  const { mend: say } = useDeliveryWords()
  const said = useSaid()
  const [row, setRow] = useState(before)
  const [cells, setCells] = useState<readonly string[]>(before.cells)
  const [send, sending] = useDeed(async () => {
    const answer = await api('PUT /deliveries/:deliveryId/rows/:rowNo', {
      params: { deliveryId: delivery.id, rowNo: row.no },
      body: { cells: [...cells] },
      ifMatch: row.version,
    })
    if (answer.outcome === 'quarantined' && answer.row) {
      setRow(answer.row)
      setCells(answer.row.cells)
      return
    }
    onBecame(answer.outcome, answer.delivery)
    onClose()
  })
  const faultsAt = (title: string) =>
    row.faults
      .filter(fault => fault.column === title)
      .map(fault => said(fault.words))
      .join(' ')
  const titles = new Set(delivery.header)
  const others = row.faults.filter(fault => !fault.column || !titles.has(fault.column))
  return (
    <FormDialog
      title={say.title(row.no)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      wide
      onSend={send}
      onClose={onClose}
    >
      <p className="second">{say.text}</p>
      {others.length > 0 && (
        <ul className="delivery-faults" role="alert">
          {others.map(fault => (
            <li key={fault.words.zh}>{said(fault.words)}</li>
          ))}
        </ul>
      )}
      <div className="delivery-fields">
        {delivery.header.map((title, i) => (
          <TextField
            key={`${title} ${String(i)}`}
            label={title || say.unread}
            error={faultsAt(title) || undefined}
            value={cells[i] ?? ''}
            maxLength={2000}
            onChange={value => setCells(now => delivery.header.map((_, at) => (at === i ? value : (now[at] ?? ''))))}
          />
        ))}
      </div>
    </FormDialog>
  )
}
