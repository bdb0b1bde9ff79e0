import { useEffect, useRef, type ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import './dialog.css'

/** A dialog of the browser itself: it keeps the focus inside, closes by Esc and gives the focus back. */
export function Dialog({
  title,
  closeName,
  onClose,
  children,
  wide,
}: {
  readonly title: string
  readonly closeName: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** `whole`: two columns beside one another. */
  readonly wide?: boolean | 'whole'
}) {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    const before = document.activeElement
    dialog?.showModal()
    // The first field, not the button that closes.
    dialog?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={box}
      role="dialog"
      className={wide === 'whole' ? 'dialog broad' : wide ? 'dialog wide' : 'dialog'}
      aria-label={title}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className="dialog-head">
        <h2>{title}</h2>
        <button type="button" className="dialog-close" aria-label={closeName} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  )
}
