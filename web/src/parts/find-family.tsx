import { type ReactNode, useState } from 'react'
import type { Family, FamilySearch } from '../platform/families.ts'
import type { Problem } from '../platform/problem.ts'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import { Failed } from './state.tsx'
import { usePartWords } from './words.ts'
import './find-family.css'

/** A family of one's area, by name, pinyin or identity number; names are masked, and each that is found has what can be done. */
export function FindFamily({
  find,
  finding,
  found,
  none,
  row = 'household',
  failed = problem => <Failed problem={problem} />,
  act,
}: FamilySearch & {
  readonly none: ReactNode
  /** The class of a line. */
  readonly row?: string
  readonly failed?: (problem: Problem) => ReactNode
  readonly act: (family: Family) => ReactNode
}) {
  const { findFamily: words } = usePartWords()
  const [q, setQ] = useState('')
  return (
    <>
      <form
        className="find-family"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          if (q.trim()) find(q.trim())
        }}
      >
        <TextField label={words.label} hint={words.hint} value={q} onChange={setQ} maxLength={60} />
        <Button submit icon="search" busy={finding.busy}>
          {words.search}
        </Button>
      </form>
      {finding.problem && failed(finding.problem)}
      <div role="status">
        {found && found.length === 0 && <p>{none}</p>}
        {found && found.length > 0 && <p className="second small">{words.found(found.length)}</p>}
      </div>
      <ul className="stack">
        {found?.map(family => (
          <li key={family.id} className={row}>
            <p>
              <b>{family.head}</b>
              <span className="second">
                {' '}
                · {family.place.name} · {words.size(family.size)}
              </span>
            </p>
            {act(family)}
          </li>
        ))}
      </ul>
    </>
  )
}
