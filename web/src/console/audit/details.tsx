import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { formatInstant } from '../../platform/format.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { Outcome, useRoleAndPlace, useWho, type Entry } from './who.tsx'
import { useAuditWords } from './words.ts'

/** All that the trail holds of one line, and the ways on from it. */
export function Details({
  entry,
  only,
  onClose,
}: {
  readonly entry: Entry
  readonly only: (narrowed: { readonly account?: string; readonly subject?: string }) => void
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useAuditWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const who = useWho()(entry)
  const { role, place } = useRoleAndPlace()(entry)
  const { subject } = entry
  const kind = subject ? (say.kinds[subject.kind] ?? subject.kind) : ''
  const opensAccount = subject?.kind === 'account' && session.state === 'known' && session.role === 'admin'
  const lines: readonly (readonly [string, ReactNode])[] = [
    [say.columns.at, formatInstant(entry.at, language)],
    [say.columns.who, who],
    [say.role, role],
    [say.place, place],
    [say.columns.purpose, say.purposes[entry.purpose] ?? entry.purpose],
    [say.columns.outcome, <Outcome key="outcome" of={entry.outcome} />],
    [
      say.refusal,
      entry.refusal && (
        <>
          {say.refusals[entry.refusal]} <code className="audit-code">{entry.refusal}</code>
        </>
      ),
    ],
    [say.reason, entry.reason ?? <span className="second">{say.noReason}</span>],
    [
      say.subject,
      subject && (
        <>
          {subject.name ? `${kind} ${subject.name}` : kind} <code className="audit-code">{subject.id}</code>{' '}
          {entry.subjectCount > 1 && <span className="second">{say.subjects(entry.subjectCount)}</span>}{' '}
          {opensAccount && (
            <Link to="/accounts/$accountId" params={{ accountId: subject.id } as never}>
              {say.openAccount}
            </Link>
          )}
        </>
      ),
    ],
    [
      say.action,
      <code key="action" className="audit-code">
        {entry.action}
      </code>,
    ],
    [
      say.request,
      <code key="request" className="audit-code">
        {entry.requestId}
      </code>,
    ],
    [say.address, entry.address && <code className="audit-code">{entry.address}</code>],
  ]
  return (
    <Dialog title={`${who} ${said(entry.words)}`} closeName={words.close} onClose={onClose} wide>
      <div className="stack-wide">
        <dl className="pairs">
          {lines.map(([label, value]) =>
            value ? (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <div className="row">
          <Button onClick={() => only({ account: entry.accountId })}>{say.onlyThem(who)}</Button>
          {subject && <Button onClick={() => only({ subject: subject.id })}>{say.onlyThis(kind)}</Button>}
        </div>
      </div>
    </Dialog>
  )
}
