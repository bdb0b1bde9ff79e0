import { Icon } from '../../parts/icon.tsx'
import { useMyNeedWords } from './words/index.ts'

/** The way here from other pages. */
export function MyNeedsLink() {
  const say = useMyNeedWords()
  return (
    <p className="fine">
      <a href="#/needs">
        <Icon name="drop" />
        {say.link}
      </a>
    </p>
  )
}
