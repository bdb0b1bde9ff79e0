import { Icon } from '../../parts/icon.tsx'
import type { Batch } from './state-tag.tsx'
import { useImportWords } from './words.ts'

const at: Record<Batch['state'], number> = {
  staged: 0,
  checking: 1,
  checked: 1,
  applying: 2,
  applied: 3,
  undoing: 2,
  undone: 1,
  discarded: -1,
}

/** Where a file is on its way in. */
export function Steps({ state }: { readonly state: Batch['state'] }) {
  const say = useImportWords()
  const now = at[state]
  if (now < 0) return null
  return (
    <ol className="import-steps" aria-label={say.steps.title}>
      {[say.steps.match, say.steps.check, say.steps.apply].map((name, i) => (
        <li
          key={name}
          className={i < now ? 'done' : i === now ? 'now' : ''}
          aria-current={i === now ? 'step' : undefined}
        >
          <span className="import-step-mark" aria-hidden="true">
            {i < now ? <Icon name="check" /> : i + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  )
}
