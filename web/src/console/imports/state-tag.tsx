import type { IconName } from '../../parts/icon.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'

export type Batch = Result<'GET /imports'>['items'][number]

const looks: Record<Batch['state'], readonly [Tone, IconName | undefined]> = {
  staged: ['ochre', 'question'],
  checking: ['river', 'clock'],
  checked: ['ochre', 'question'],
  applying: ['river', 'clock'],
  applied: ['hill', 'check'],
  undoing: ['river', 'clock'],
  undone: ['plain', 'undo'],
  discarded: ['plain', 'minus'],
}

export const isRunning = (state: Batch['state']): boolean =>
  state === 'checking' || state === 'applying' || state === 'undoing'

export function StateTag({ batch }: { readonly batch: Batch }) {
  const said = useSaid()
  const [tone, icon] = looks[batch.state]
  return (
    <Tag tone={tone} {...(icon ? { icon } : {})}>
      {said(batch.stateWords)}
    </Tag>
  )
}
