import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import type { Whole } from './one.tsx'
import { Cells, type Row } from './cells.tsx'
import { useDeliveryWords } from './words.ts'

/** The row beside those it may mean; a person says which, or that it is none of them. */
export function WhoIsIt({
  delivery,
  row,
  mayMend,
  onBecame,
}: {
  readonly delivery: Whole
  readonly row: Row
  readonly mayMend: boolean
  readonly onBecame: (outcome: Row['outcome'], now: Whole) => void
}) {
  const { who: say, rowList } = useDeliveryWords()
  const [tell, telling] = useDeed(async (person: string | null) => {
    const answer = await api('POST /deliveries/:deliveryId/rows/:rowNo/who', {
      params: { deliveryId: delivery.id, rowNo: row.no },
      body: { person },
    })
    onBecame(answer.outcome, answer.delivery)
  })
  return (
    <div className="delivery-sides">
      <section>
        <h4>{say.asIs}</h4>
        <Cells delivery={delivery} row={row} />
      </section>
      <section>
        <h4>{rowList.may}</h4>
        <ul className="delivery-candidates">
          {row.candidates.map(candidate => (
            <li key={candidate.person}>
              <span>
                {candidate.household ? (
                  <Link to="/registry/$householdId" params={{ householdId: candidate.household } as never}>
                    {candidate.name}
                  </Link>
                ) : (
                  candidate.name
                )}{' '}
                <span className="second">
                  {candidate.place} {say.likely(Math.round(candidate.probability * 100))}
                </span>
              </span>
              {mayMend && candidate.household && (
                <Button
                  onClick={() => tell(candidate.person)}
                  busy={telling.busy}
                  name={`${say.itIs} ${candidate.name}`}
                >
                  {say.itIs}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayMend && (
          <p className="stack">
            <Button kind="text" onClick={() => tell(null)} busy={telling.busy}>
              {say.nobody}
            </Button>
            <span className="second small">{say.nobodyText}</span>
          </p>
        )}
        {telling.problem && <Failed problem={telling.problem} />}
      </section>
    </div>
  )
}
