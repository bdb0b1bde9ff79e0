import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { NeedTable } from './list.tsx'
import { TellDialog } from './tell-dialog.tsx'
import { useNeedWords } from './words.ts'
import './needs.css'

/** What one family needs, or needed. */
export function NeedsOfHousehold({
  id,
  members,
}: {
  readonly id: string
  readonly members: readonly { readonly id: string; readonly name: string }[]
}) {
  const say = useNeedWords()
  const [telling, setTelling] = useState(false)
  const loaded = useLoad(`needs of ${id}`, signal =>
    everyPage(page => api('GET /needs', { query: { household: id as never, show: 'all', ...page }, signal })),
  )
  useLive(['wishes.need', 'wishes.urgentNeed'], loaded.again)
  return (
    <Card label={say.ofHousehold.title}>
      <div className="desk-card-head">
        <h2>{say.ofHousehold.title}</h2>
        <Button icon="pen" onClick={() => setTelling(true)}>
          {say.tell.act}
        </Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {loaded.value?.items.length === 0 && <p className="second">{say.ofHousehold.none}</p>}
      {loaded.value && loaded.value.items.length > 0 && <NeedTable rows={loaded.value.items} busy={loaded.busy} />}
      {telling && (
        <TellDialog household={id} members={members} onTold={loaded.again} onClose={() => setTelling(false)} />
      )}
    </Card>
  )
}
