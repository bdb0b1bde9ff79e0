import { Card } from '../../parts/card.tsx'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { type Fund, overBy, type Simulated } from './reading.ts'
import { useSimulationWords } from './words.ts'

interface Named {
  readonly name: string
  readonly answer: Simulated | undefined
}

/** Each fund against its budget: as things are, as tried, as pinned. Funds nothing changes are left out. */
export function Budgets({ answer, pins }: { readonly answer: Simulated; readonly pins: readonly Named[] }) {
  const words = useSimulationWords()
  const said = useSaid()
  const all = [answer, ...pins.flatMap(p => p.answer ?? [])]
  const moved = answer.budgets.filter(fund => all.some(a => ofFund(a, fund.id)?.tried !== fund.now))
  const by = (fund: Fund) => Math.max(...all.map(a => Math.abs((ofFund(a, fund.id)?.tried ?? fund.now) - fund.now)))
  const shown = moved.length > 0 ? moved.toSorted((a, b) => by(b) - by(a)) : answer.budgets.slice(0, 1)
  return (
    <Card label={words.budgets}>
      <div className="desk-card-head">
        <h2>{words.budgets}</h2>
        <span className="second small">
          {words.budgetUnit} {answer.budgets.some(b => b.example) && <Example />}
        </span>
      </div>
      <div className="budgets">
        {shown.map((fund, i) => {
          const bars = [
            { name: words.now, yuan: fund.now, tried: false },
            { name: words.thisOne, yuan: fund.tried, tried: true },
            // Kept variants stand beside the fund that moves most.
            ...(i === 0 ? pins : []).flatMap(({ name, answer: pinned }) => {
              const yuan = ofFund(pinned, fund.id)?.tried
              return yuan === undefined ? [] : [{ name, yuan, tried: false }]
            }),
          ]
          const top = Math.max(fund.yuan, ...bars.map(b => b.yuan)) * 1.08
          return (
            <section key={fund.id} aria-label={said(fund.name)}>
              <h3>
                {said(fund.name)} <span className="second small">{words.budget(fund.yuan)}</span>
              </h3>
              {bars.map(bar => (
                <Bar key={bar.name} {...bar} budget={fund.yuan} top={top} />
              ))}
            </section>
          )
        })}
      </div>
      <p className="mini second">{words.budgetNote}</p>
    </Card>
  )
}

const ofFund = (answer: Simulated | undefined, id: string): Fund | undefined => answer?.budgets.find(b => b.id === id)

function Bar({
  name,
  yuan,
  tried,
  budget,
  top,
}: {
  readonly name: string
  readonly yuan: number
  readonly tried: boolean
  readonly budget: number
  readonly top: number
}) {
  const words = useSimulationWords()
  const share = (n: number) => `${(n / top) * 100}%`
  const over = overBy(yuan, budget)
  return (
    <div className="budget-bar">
      <div aria-hidden="true">
        <span>{name}</span>
        <span>
          {over > 0 && <span className="bad">{words.overBy(over)} </span>}
          <b>{words.wan(yuan)}</b>
        </span>
      </div>
      <div className="budget-track" role="img" aria-label={words.barLabel(name, yuan, budget)}>
        <i className={tried ? 'tried' : ''} style={{ width: share(Math.min(yuan, budget)) }} />
        {over > 0 && <i className="over" style={{ left: share(budget), width: share(over) }} />}
        <span className="budget-cap" style={{ left: share(budget) }} />
      </div>
    </div>
  )
}
