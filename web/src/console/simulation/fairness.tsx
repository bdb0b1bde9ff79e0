import { Card } from '../../parts/card.tsx'
import { Tag } from '../../parts/tag.tsx'
import { Count } from './conclusion.tsx'
import { type Simulated, worst } from './reading.ts'
import { useSimulationWords } from './words.ts'

const ages = ['child', 'adult', 'elder'] as const

/** Of every thousand of an age, with and without a disability. */
export function Fairness({ of: cells }: { readonly of: Simulated['fairness'] }) {
  const words = useSimulationWords()
  const least = worst(cells)
  return (
    <Card label={words.fairness}>
      <div className="desk-card-head">
        <h2>{words.fairness}</h2>
        <span className="second small">{words.perThousand}</span>
      </div>
      <table className="fairness">
        <caption className="unseen">{words.fairnessCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.age}</th>
            <th scope="col">{words.able}</th>
            <th scope="col">{words.disabled}</th>
          </tr>
        </thead>
        <tbody>
          {ages.map(age => (
            <tr key={age}>
              <th scope="row">{words.ages[age]}</th>
              {[false, true].map(disabled => {
                const cell = cells.find(c => c.age === age && c.disabled === disabled)
                return (
                  <td key={String(disabled)} className={cell && cell === least ? 'least' : undefined}>
                    <b className="gained">
                      <Count of={cell?.gained} sign="+" />
                    </b>
                    <span className="lost">
                      <Count of={cell?.lost} sign="−" />
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {least && (
        <p className="small second">
          <Tag tone="ochre" icon="warning">
            {words.worst}
          </Tag>{' '}
          {words.worstIs(words.ages[least.age], least.disabled ? words.disabled : words.able)}
        </p>
      )}
      {cells.some(c => c.gained === null || c.lost === null) && <p className="mini second">{words.few}</p>}
    </Card>
  )
}
