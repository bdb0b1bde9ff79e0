import '../../platform/trusted-types.ts'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../phone.css'
import { createRoot } from 'react-dom/client'
import { ensureChineseFont } from '../../platform/fonts.ts'
import { restoreLargeType } from '../../platform/large-type.ts'
import { usePlace, watchPlace } from '../../platform/place.ts'
import { restoreLanguage } from '../../platform/words.ts'
import { allStates } from './all.tsx'

/** One state at `#/<number>`, the list of all at `#/`. For looking, and for pictures; not part of what is shipped. */
function Gallery() {
  const { path } = usePlace()
  const one = allStates[Number(path.slice(1)) - 1]
  if (one) return one.draw()
  return (
    <ol>
      {allStates.map(({ name }, i) => (
        <li key={name}>
          <a href={`#/${String(i + 1)}`}>{name}</a>
        </li>
      ))}
    </ol>
  )
}

restoreLargeType()
watchPlace()
void ensureChineseFont()
void restoreLanguage().then(() => createRoot(document.getElementById('root') as HTMLElement).render(<Gallery />))
