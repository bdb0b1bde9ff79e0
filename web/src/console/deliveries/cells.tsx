import type { Result } from '../../platform/api.ts'
import type { Whole } from './one.tsx'
import { useDeliveryWords } from './words.ts'

export type Row = Result<'GET /deliveries/:deliveryId/rows'>['items'][number]

/** What stands in the row, each cell under its header. */
export function Cells({ delivery, row }: { readonly delivery: Whole; readonly row: Row }) {
  const { rowList: say } = useDeliveryWords()
  const filled = delivery.header
    .map((title, i) => [title, row.cells[i] ?? ''] as const)
    .filter(([, cell]) => cell !== '')
  if (filled.length === 0) return row.faults.length === 0 ? <p className="second">{say.gone}</p> : null
  return (
    <dl className="delivery-cells">
      {filled.map(([title, cell]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{cell}</dd>
        </div>
      ))}
    </dl>
  )
}
