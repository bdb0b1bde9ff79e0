import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useSaid } from '../../platform/words.ts'
import { Sum } from '../sum.tsx'
import type { Whole } from './one.tsx'
import { isRunning } from './state-tag.tsx'
import { useDeliveryWords } from './words.ts'

/** What became of each row: figures that add up to the file. */
export function Account({ delivery }: { readonly delivery: Whole }) {
  const { account: say, reasons } = useDeliveryWords()
  const said = useSaid()
  const { account } = delivery
  const most = Math.max(1, ...delivery.reasons.map(reason => reason.count))
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>{say.title}</h2>
      </div>
      <dl className="import-sum">
        <Sum label={say.accepted} count={account.accepted} sign="+" />
        <Sum label={say.unchanged} count={account.unchanged} sign="+" />
        <Sum label={say.look} count={account.look} sign="+" />
        <Sum label={say.notInRegistry} count={account.notInRegistry} note={say.notInNote} sign="+" />
        <Sum label={say.duplicate} count={account.duplicate} sign="+" />
        <Sum
          label={say.quarantined}
          count={account.quarantined}
          {...(account.quarantined > 0 ? { note: say.quarantinedNote } : {})}
          sign={account.waiting > 0 ? '+' : '='}
        />
        {account.waiting > 0 && <Sum label={say.waiting} count={account.waiting} sign="=" />}
        <Sum label={say.rows} count={account.rows} />
      </dl>
      {account.leftOut > 0 && <p className="second">{say.leftOut(account.leftOut)}</p>}
      {delivery.people !== null && delivery.peopleKnown !== null && delivery.people > 0 && (
        <p className="second">{say.people(delivery.people, delivery.peopleKnown)}</p>
      )}
      {!isRunning(delivery.state) && account.accepted + account.look + account.quarantined + account.waiting === 0 && (
        <Notice tone="river">{say.nothing}</Notice>
      )}
      {delivery.reasons.length > 0 && (
        <>
          <h3 className="import-h3">{reasons.title}</h3>
          <ul className="import-facts">
            {delivery.reasons.map(reason => (
              <li key={reason.why}>
                <span>{said(reason.words)}</span>
                <meter
                  min={0}
                  max={most}
                  value={reason.count}
                  aria-label={`${said(reason.words)} ${reasons.count(reason.count)}`}
                />
                <span className="import-facts-count">{reasons.count(reason.count)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
