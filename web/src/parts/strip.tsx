import { Icon } from './icon.tsx'
import { usePartWords } from './words.ts'
import './strip.css'

/** Ink ground, white words: only when there is no network. */
export function Strip() {
  const words = usePartWords()
  return (
    <div className="strip" role="status">
      <Icon name="noNet" />
      <span>
        {words.offline}
        <small>{words.offlineHelp}</small>
      </span>
    </div>
  )
}
