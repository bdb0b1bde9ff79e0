import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { OrderTable } from './list.tsx'
import { SendDialog } from './send-dialog.tsx'
import { useOrderWords } from './words.ts'
import './orders.css'

/** The orders that went out for a need, and the way to send one. */
export function OrdersOfNeed({
  needId,
  version,
  item,
  maySend,
  onSent,
}: {
  readonly needId: string
  readonly version: number
  readonly item: string | undefined
  readonly maySend: boolean
  readonly onSent: () => void
}) {
  const { send: say } = useOrderWords()
  const [sending, setSending] = useState(false)
  const loaded = useLoad(`orders of ${needId}`, signal =>
    api('GET /orders', { query: { need: needId as never, show: 'all', limit: 20 }, signal }),
  )
  useLive(['projects.order'], loaded.again)
  if (!maySend && !loaded.problem && (loaded.value?.items.length ?? 0) === 0) return null
  return (
    <Card label={say.ofNeed}>
      <div className="desk-card-head">
        <h2>{say.ofNeed}</h2>
        {maySend && (
          <Button icon="out" onClick={() => setSending(true)}>
            {say.act}
          </Button>
        )}
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {loaded.value && loaded.value.items.length > 0 && (
        <OrderTable rows={loaded.value.items} busy={loaded.busy} without={['name', 'place']} />
      )}
      {sending && (
        <SendDialog
          needId={needId}
          version={version}
          item={item}
          onSent={() => {
            loaded.again()
            onSent()
          }}
          onClose={() => setSending(false)}
        />
      )}
    </Card>
  )
}
