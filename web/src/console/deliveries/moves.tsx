import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { api } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import type { Whole } from './one.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useDeliveryWords } from './words.ts'

type Asked = 'release' | 'confirm' | 'refuse' | 'takeBack' | 'undo' | 'cancel' | 'rerun'

/** The ways on that are open to whoever looks. */
export function Moves({ delivery, put }: { readonly delivery: Whole; readonly put: (value: Whole) => void }) {
  const say = useDeliveryWords()
  const [asking, setAsking] = useState<Asked>()
  const close = () => setAsking(undefined)
  const params = { deliveryId: delivery.id }
  const call = { params, body: {} }
  const open = (step: Whole['steps'][number]) => delivery.steps.includes(step)
  const isMine = delivery.releasedBy?.isMe ?? false
  const needsTwo = delivery.twoBecause.length > 0
  return (
    <div className="row">
      {open('cancel') && (
        <Button kind="text" onClick={() => setAsking('cancel')}>
          {say.cancel.go}
        </Button>
      )}
      {open('undo') && (
        <Button kind="danger" icon="undo" onClick={() => setAsking('undo')}>
          {say.undo.go}
        </Button>
      )}
      {open('rerun') && delivery.account.quarantined > 0 && (
        <Button onClick={() => setAsking('rerun')}>{say.rerun.go}</Button>
      )}
      {open('takeBack') && isMine && <Button onClick={() => setAsking('takeBack')}>{say.two.takeBack}</Button>}
      {open('refuse') && !isMine && (
        <Button kind="danger" onClick={() => setAsking('refuse')}>
          {say.two.refuse}
        </Button>
      )}
      {open('confirm') && !isMine && (
        <Button kind="main" onClick={() => setAsking('confirm')}>
          {say.two.confirm}
        </Button>
      )}
      {open('release') && delivery.toRelease > 0 && (
        <Button kind="main" onClick={() => setAsking('release')}>
          {say.release.go}
        </Button>
      )}
      {asking === 'release' && (
        <Confirm
          title={say.release.go}
          kind="main"
          text={(needsTwo ? say.release.askTwo : say.release.ask)(delivery.toRelease)}
          onClose={close}
          deed={async () => put(await api('POST /deliveries/:deliveryId/release', call))}
        />
      )}
      {asking === 'confirm' && (
        <Confirm
          title={say.two.confirm}
          kind="main"
          text={say.two.confirmAsk}
          onClose={close}
          deed={async () => put(await api('POST /deliveries/:deliveryId/confirm', call))}
        />
      )}
      {asking === 'takeBack' && (
        <Confirm
          title={say.two.takeBack}
          kind="main"
          text={say.two.yours}
          onClose={close}
          deed={async () => put(await api('POST /deliveries/:deliveryId/take-back', call))}
        />
      )}
      {asking === 'rerun' && (
        <Confirm
          title={say.rerun.go}
          kind="main"
          text={say.rerun.ask(delivery.account.quarantined)}
          onClose={close}
          deed={async () => put(await api('POST /deliveries/:deliveryId/rerun', call))}
        />
      )}
      {asking === 'cancel' && (
        <Confirm
          title={say.cancel.go}
          text={say.cancel.ask(delivery.fileName)}
          onClose={close}
          deed={async () => put(await api('POST /deliveries/:deliveryId/cancel', call))}
        />
      )}
      {asking === 'refuse' && (
        <ReasonDialog
          title={say.two.refuse}
          text={say.two.refuseAsk}
          onClose={close}
          deed={async reason => put(await api('POST /deliveries/:deliveryId/refuse', { params, body: { reason } }))}
        />
      )}
      {asking === 'undo' && (
        <ReasonDialog
          title={say.undo.go}
          text={say.undo.ask(delivery.fileName)}
          onClose={close}
          deed={async reason => put(await api('POST /deliveries/:deliveryId/undo', { params, body: { reason } }))}
        />
      )}
    </div>
  )
}

/** Why it takes two, and who they were. */
export function Two({ delivery }: { readonly delivery: Whole }) {
  const { two: say, release } = useDeliveryWords()
  const language = useLanguage()
  const { releasedBy, confirmedBy } = delivery
  if (delivery.twoBecause.length === 0 && !releasedBy) return null
  return (
    <Card label={say.title}>
      {delivery.twoBecause.length > 0 && <h2>{say.title}</h2>}
      {delivery.twoBecause.includes('dangerous') && <p>{say.dangerous}</p>}
      {delivery.twoBecause.includes('share') && <p>{say.share(delivery.people ?? 0, delivery.peopleKnown ?? 0)}</p>}
      {delivery.state === 'needsTwo' && releasedBy && (
        <p>
          <strong>{releasedBy.isMe ? say.yours : say.waits(releasedBy.name)}</strong>
        </p>
      )}
      <p className="row second">
        {releasedBy && delivery.releasedAt && (
          <span>{release.by(releasedBy.name, formatInstant(delivery.releasedAt, language))}</span>
        )}
        {confirmedBy && delivery.confirmedAt && (
          <span>{release.confirmed(confirmedBy.name, formatInstant(delivery.confirmedAt, language))}</span>
        )}
      </p>
    </Card>
  )
}
