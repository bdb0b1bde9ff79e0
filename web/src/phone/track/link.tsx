import { Icon } from '../../parts/icon.tsx'
import { useMyTrackWords } from './words/index.ts'

/** The way here from other pages. */
export function MyTrackLink() {
  const say = useMyTrackWords()
  return (
    <p className="fine">
      <a href="#/track">
        <Icon name="shield" />
        {say.link}
      </a>
    </p>
  )
}
