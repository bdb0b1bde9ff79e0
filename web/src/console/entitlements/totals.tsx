import { Card } from '../../parts/card.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Example } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatYuan } from '../../platform/format.ts'
import { useSaid } from '../../platform/words.ts'
import { useEntitlementWords } from './words/index.ts'

type Summary = Result<'GET /entitlements/summary'>

interface Row {
  readonly key: string
  readonly name: string
  readonly count: number | null
  readonly amount?: number | null
}

const first = 6
const hidden = '＊'
const shown = (n: number | null) => (n === null ? hidden : formatYuan(n))

/** One sentence, then where it comes from: by policy and by township. Small counts are hidden. */
export function Totals({
  kind,
  summary,
  onPolicy,
  onTownship,
}: {
  readonly kind: 'unclaimed' | 'recheck'
  readonly summary: Summary
  readonly onPolicy: (id: string) => void
  readonly onTownship: (code: string) => void
}) {
  const words = useEntitlementWords()
  const said = useSaid()
  const { total, households, amountAYear } = summary
  const policies = summary.policies.map(p => ({
    key: p.id,
    name: said(p.name),
    count: p.count,
    amount: kind === 'unclaimed' ? p.amountAYear : null,
  }))
  const townships = summary.townships.map(t => ({ key: t.code, name: t.name, count: t.count }))
  // Where every count is hidden the list below says all there is to say.
  const charts = total !== 0 && policies.some(p => p.count !== null)
  const some = [...policies, ...townships].some(row => row.count === null)
  if (summary.on === null) return <p className="inscription findings-sentence">{words.notYet}</p>
  return (
    <section aria-label={words.title}>
      <p className="inscription findings-sentence">
        {total === 0
          ? words.nothing[kind]
          : total === null || households === null
            ? words.few[kind]
            : kind === 'unclaimed'
              ? words.sentence.unclaimed(formatYuan(households), shown(amountAYear))
              : words.sentence.recheck(formatYuan(total), formatYuan(households))}{' '}
        {kind === 'unclaimed' && !!total && <Example />}
      </p>
      {charts && (
        <div className="findings-totals">
          <Bars title={words.byPolicy} rows={policies} onChoose={onPolicy} />
          {townships.length > 1 && <Bars title={words.byTownship} rows={townships} onChoose={onTownship} />}
        </div>
      )}
      {charts && some && <p className="second small findings-hidden">{words.hidden}</p>}
    </section>
  )
}

/** The longest first; what is hidden stands last, without a bar. */
function Bars({
  title,
  rows,
  onChoose,
}: {
  readonly title: string
  readonly rows: readonly Row[]
  readonly onChoose: (key: string) => void
}) {
  const words = useEntitlementWords()
  const sorted = rows.toSorted((a, b) => (b.count ?? -1) - (a.count ?? -1))
  const most = Math.max(1, sorted[0]?.count ?? 1)
  const list = (some: readonly Row[]) => (
    <ul className={rows.some(row => row.amount) ? 'bars with-amount' : 'bars'}>
      {some.map(row => (
        <li key={row.key}>
          <button type="button" onClick={() => onChoose(row.key)}>
            <span className="bar-name">
              <span className="unseen">{words.onlyThis('')}</span>
              {row.name}
            </span>
            <span className="bar-rail" aria-hidden="true">
              <span style={{ inlineSize: `${((row.count ?? 0) / most) * 100}%` }} />
            </span>
            <b className="bar-count">{shown(row.count)}</b>
            {row.amount !== undefined && row.amount !== null && row.amount > 0 && (
              <span className="bar-amount second small">{words.aYear(formatYuan(row.amount))}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <Card label={title}>
      <h2>{title}</h2>
      {list(sorted.slice(0, first))}
      {sorted.length > first && (
        <Fold title={words.all(sorted.length - first)} plain>
          {list(sorted.slice(first))}
        </Fold>
      )}
    </Card>
  )
}
