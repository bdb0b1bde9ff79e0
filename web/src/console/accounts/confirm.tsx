import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Failed } from '../../parts/state.tsx'
import { useDeed } from '../../platform/load.ts'
import { withProof } from '../shell/proof.ts'
import { useConsoleWords } from '../words/index.ts'

/** Says what will happen and to whom before it does; the safe way out stands beside. */
export function Confirm({
  title,
  text,
  deed,
  onClose,
  kind = 'danger',
}: {
  /** Verb and object; also the word on the button. */
  readonly title: string
  readonly text: string
  readonly deed: () => Promise<void>
  readonly onClose: () => void
  /** `main` where nothing is lost. */
  readonly kind?: 'danger' | 'main'
}) {
  const words = useConsoleWords()
  const [go, going] = useDeed(async () => {
    await withProof(deed)
    onClose()
  })
  return (
    <Dialog title={title} closeName={words.close} onClose={onClose}>
      <div className="stack-wide">
        <p>{text}</p>
        {going.problem && <Failed problem={going.problem} />}
        <div className="row">
          <Button kind={kind} onClick={go} busy={going.busy}>
            {title}
          </Button>
          <Button kind="text" onClick={onClose}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
