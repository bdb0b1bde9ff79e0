import { Card } from '../../parts/card.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { AlertTable } from './screen.tsx'
import { useAlertWords } from './words/index.ts'

/** What the data said of one family, open and closed; nothing where there never was anything. */
export function AlertsOfHousehold({ id }: { readonly id: string }) {
  const words = useAlertWords()
  const loaded = useLoad(`alerts of ${id}`, signal =>
    everyPage(page => api('GET /alerts', { query: { household: id, show: 'all', ...page }, signal })),
  )
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved'], loaded.again)
  if (loaded.problem && !loaded.value) return <Failed problem={loaded.problem} again={loaded.again} />
  if (!loaded.value || loaded.value.items.length === 0) return null
  return (
    <Card label={words.title}>
      <h2>{words.title}</h2>
      <AlertTable rows={loaded.value.items} busy={loaded.busy} />
    </Card>
  )
}
