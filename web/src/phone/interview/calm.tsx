import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useSaid } from '../../platform/words.ts'
import type { Interview } from '../kinds.ts'

/** Numbers to call, in the same quiet form whatever was said. */
export function Calm({ calm }: { readonly calm: NonNullable<Interview['calm']> }) {
  const said = useSaid()
  return (
    <div className="calm">
      <Notice icon="hand">
        <p>{said(calm.words)}</p>
        <ul>
          {calm.numbers.map(({ number, words }) => (
            <li key={number}>
              <a href={`tel:${number}`}>
                <Icon name="phone" />
                {said(words)} {number}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
