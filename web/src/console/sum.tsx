/** One figure of a sum that is laid out to be added up: `<dl className="import-sum">`. */
export function Sum({
  label,
  count,
  note,
  sign,
}: {
  readonly label: string
  readonly count: number
  readonly note?: string
  /** Stands between this number and the next. */
  readonly sign?: '+' | '='
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="import-figure">{count.toLocaleString('en-US')}</span>
        {note && <span className="second small">{note}</span>}
      </dd>
      {sign && (
        <span className="import-sign" aria-hidden="true">
          {sign}
        </span>
      )}
    </div>
  )
}
