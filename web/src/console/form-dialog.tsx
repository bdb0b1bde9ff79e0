import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/desk/dialog.tsx'
import { Failed } from '../parts/state.tsx'
import type { Deed, Loaded } from '../platform/load.ts'
import { useConsoleWords } from './words/index.ts'

/** What a form lets choose from, read elsewhere. */
export type Read = Pick<Loaded<unknown>, 'problem' | 'again'>

/** A form in a dialog: what went wrong above, the one deed and the way out below. */
export function FormDialog({
  title,
  deed,
  save,
  saving,
  leave,
  wide,
  reads = [],
  onSend,
  onClose,
  children,
}: {
  readonly title: string
  readonly deed: Deed
  readonly save: string
  /** What the button says while it works. */
  readonly saving?: string | undefined
  /** On the way out, where it stays open after the deed. */
  readonly leave?: string
  readonly wide?: boolean
  /** Where these cannot be read there is nothing to choose, and the form says so. */
  readonly reads?: readonly Read[]
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const all = useConsoleWords()
  const unread = reads.filter(read => read.problem)
  return (
    <Dialog title={title} closeName={all.close} onClose={onClose} {...(wide && { wide })}>
      <form
        className="stack-wide"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          onSend()
        }}
      >
        {deed.problem && <Failed problem={deed.problem} />}
        {unread[0]?.problem && (
          <Failed problem={unread[0].problem} again={() => unread.forEach(read => read.again())} />
        )}
        {children}
        <div className="row dialog-foot">
          <Button kind="main" submit busy={deed.busy} {...(saving && { busyWords: saving })}>
            {save}
          </Button>
          <Button kind="text" onClick={onClose}>
            {leave ?? all.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
