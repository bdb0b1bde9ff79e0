import { Button, ButtonLink } from '../parts/button.tsx'
import { Dialog } from '../parts/desk/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { useConsoleWords } from './words/index.ts'

/** The only time anybody sees a secret that another system will show us. */
export function SecretDialog({
  id,
  secret,
  words: say,
  onClose,
}: {
  readonly id: string
  readonly secret: string
  readonly words: Readonly<Record<'title' | 'text' | 'id' | 'secret' | 'done' | 'how', string>>
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  return (
    <Dialog title={say.title} closeName={words.close} onClose={onClose} wide>
      <div className="stack-wide">
        <p>{say.text}</p>
        <TextField label={say.id} value={id} onChange={() => {}} />
        <TextField label={say.secret} value={secret} onChange={() => {}} />
        <div className="row">
          <Button kind="main" onClick={onClose}>
            {say.done}
          </Button>
          <ButtonLink to="/api/docs">{say.how}</ButtonLink>
        </div>
      </div>
    </Dialog>
  )
}
