import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { SlipTable } from './slip-table.tsx'
import { WriteDialog } from './write-dialog.tsx'
import { useSlipWords } from './words.ts'
import './slips.css'

/** What of one family's needs was handed to bureaus. */
export function SlipsOfHousehold({
  id,
  members,
}: {
  readonly id: string
  readonly members: readonly { readonly id: string; readonly name: string }[]
}) {
  const say = useSlipWords()
  const [writing, setWriting] = useState(false)
  const loaded = useLoad(`slips of ${id}`, signal =>
    everyPage(page => api('GET /slips', { query: { household: id, show: 'all', ...page }, signal })),
  )
  useLive(['outreach.slip'], loaded.again)
  return (
    <Card label={say.ofHousehold.title}>
      <div className="desk-card-head">
        <h2>{say.ofHousehold.title}</h2>
        <Button icon="pen" onClick={() => setWriting(true)}>
          {say.write.act}
        </Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {loaded.value?.items.length === 0 && <p className="second">{say.ofHousehold.none}</p>}
      {loaded.value && loaded.value.items.length > 0 && (
        <SlipTable ofOne rows={loaded.value.items} busy={loaded.busy} />
      )}
      {writing && (
        <WriteDialog household={id} members={members} onWritten={loaded.again} onClose={() => setWriting(false)} />
      )}
    </Card>
  )
}
