import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { actAs, signOut, useSession } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { useGrantPlace } from './place-name.ts'

/** Who is at the desk, and what they may do about themselves. */
export function AccountMenu({ onKeys }: { readonly onKeys: () => void }) {
  const words = useConsoleWords()
  const session = useSession()
  const placeOf = useGrantPlace()
  const [open, setOpen] = useState(false)
  const [changing, setChanging] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])

  if (session.state !== 'known') return null
  const others = session.described.grants.filter(grant => grant.id !== session.described.acting?.id)
  const roleAt = (grant: (typeof others)[number]) =>
    [words.roles[grant.role], placeOf(grant)].filter(Boolean).join(' · ')
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div
      className="account"
      ref={box}
      onKeyDown={event => {
        if (event.key === 'Escape' && open) close()
      }}
    >
      <button type="button" ref={opener} className="account-who" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="account-initial" aria-hidden="true">
          {Array.from(session.name)[0]}
        </span>
        <span className="unseen">{words.account}</span>
        <b>{session.name}</b>
        <span className="second small">{words.roles[session.role]}</span>
        <Icon name="turn" />
      </button>
      {open && (
        <ul className="account-menu">
          {others.map(grant => (
            <li key={grant.id}>
              <button
                type="button"
                onClick={() => void actAs(grant.id).then(() => location.assign('/console'))}
              >{`${words.actAs}: ${roleAt(grant)}`}</button>
            </li>
          ))}
          <li>
            <button
              type="button"
              onClick={() => {
                setOpen(false)
                setChanging(true)
              }}
            >
              {words.changePassword}
            </button>
          </li>
          <li>
            <button
              type="button"
              onClick={() => {
                setOpen(false)
                onKeys()
              }}
            >
              {words.keys}
            </button>
          </li>
          <li>
            <button type="button" onClick={() => void signOut()}>
              {words.signOut}
            </button>
          </li>
        </ul>
      )}
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </div>
  )
}
