import type { IconName } from '../../parts/icon.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'

export type Delivery = Result<'GET /deliveries'>['items'][number]

const looks: Record<Delivery['state'], readonly [Tone, IconName | undefined]> = {
  received: ['river', 'clock'],
  reading: ['river', 'clock'],
  read: ['ochre', 'question'],
  needsTwo: ['ochre', 'people'],
  releasing: ['river', 'clock'],
  released: ['hill', 'check'],
  undoing: ['river', 'clock'],
  undone: ['plain', 'undo'],
  refused: ['plain', 'close'],
  cancelled: ['plain', 'minus'],
}

export const isRunning = (state: Delivery['state']): boolean =>
  state === 'received' || state === 'reading' || state === 'releasing' || state === 'undoing'

export function StateTag({ delivery }: { readonly delivery: Delivery }) {
  const said = useSaid()
  const [tone, icon] = looks[delivery.state]
  return (
    <Tag tone={tone} {...(icon ? { icon } : {})}>
      {said(delivery.stateWords)}
    </Tag>
  )
}
