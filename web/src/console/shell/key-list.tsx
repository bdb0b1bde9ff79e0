import { useState } from 'react'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { screens } from '../screens.ts'
import { useConsoleWords } from '../words/index.ts'
import { lettersOn, setLetters } from './keys.ts'

/** Every key there is, and the way to switch the single letters off. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const words = useConsoleWords()
  const [on, setOn] = useState(lettersOn())
  return (
    <Dialog title={words.keys} closeName={words.close} onClose={onClose}>
      <dl className="key-list">
        {words.keyList.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
        {screens.flatMap(screen =>
          screen.rail ? (
            <div key={screen.at}>
              <dt>
                <kbd>{`g ${screen.rail.key}`}</kbd>
              </dt>
              <dd>{words.screens[screen.name]}</dd>
            </div>
          ) : (
            []
          ),
        )}
      </dl>
      <label className="row">
        <input
          type="checkbox"
          checked={on}
          onChange={event => {
            setOn(event.currentTarget.checked)
            setLetters(event.currentTarget.checked)
          }}
        />
        {words.lettersOn}
      </label>
    </Dialog>
  )
}
