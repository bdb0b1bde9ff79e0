import type { ReactNode } from 'react'
import './table.css'

export interface Column<R> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: R) => ReactNode
  /** Figures stand at the right. */
  readonly figure?: boolean
  /** The way into the row; on narrow screens the title of its card. */
  readonly main?: boolean
}

/**
 * Rows under a head, no lines between columns; under 900 px each row is a card with its heads beside the values. The
 * main cell holds a link with `data-row`, by which j and k go from row to row.
 */
export function Table<R>({
  caption,
  columns,
  rows,
  rowKey,
  busy,
}: {
  /** What the rows are, for readers. */
  readonly caption: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  readonly busy?: boolean
}) {
  return (
    <table className="desk-table" aria-busy={busy || undefined}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column.key} scope="col" className={column.figure ? 'figure' : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={rowKey(row)}>
            {columns.map(column => (
              <td
                key={column.key}
                className={[column.figure && 'figure', column.main && 'main-cell'].filter(Boolean).join(' ')}
              >
                <span className="desk-table-head" aria-hidden="true">
                  {column.head}
                </span>
                <span className="desk-table-cell">{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
