import { Icon } from '../../parts/icon.tsx'
import { useTellWords } from './words/index.ts'

/** The way here from other pages. */
export function TellLink() {
  const say = useTellWords()
  return (
    <p className="fine">
      <a href="#/tell">
        <Icon name="hand" />
        {say.link}
      </a>
    </p>
  )
}
