import { Link, useParams } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import type { ReactNode } from 'react'
import { Code } from '../../parts/desk/code.tsx'
import { Icon } from '../../parts/icon.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { Found } from '../found.tsx'
import { usePlaceSaid } from '../shell/place-name.ts'
import { useNeedWords } from './words.ts'
import './needs.css'

/** 幸福码: a sheet for the wall of a village hall. It names a place and what it can take on, never a family. */
export function CodeSheetScreen() {
  const all = useNeedWords()
  const { code: say } = all
  const placeSaid = usePlaceSaid()
  const { code = '' } = useParams({ strict: false }) as { code?: string }
  const loaded = useLoad(`level ${code}`, signal =>
    api('GET /levels/:code', { params: { code: code as never }, signal }),
  )
  return (
    <Found loaded={loaded} title={say.title} words={say} list="/needs">
      {level => (
        <CodeSheet
          name={placeSaid(level.name)}
          at={`level/${level.code}`}
          foot={say.foot}
          back={
            <Link to="/needs" search={{ look: 'resources' } as never}>
              <Icon name="back" />
              {say.back}
            </Link>
          }
        >
          {level.resources.length > 0 && (
            <>
              <h2>{say.can}</h2>
              <ul>
                {level.resources.map(one => (
                  <li key={one.id}>
                    <b>{one.name}</b> {one.offers}
                    {one.hours && ` · ${one.hours}`}
                  </li>
                ))}
              </ul>
            </>
          )}
        </CodeSheet>
      )}
    </Found>
  )
}

/** The sheet of a place or of a project. What is made up says so on paper too. */
export function CodeSheet({
  name,
  beside,
  at,
  foot,
  back,
  children,
}: {
  readonly name: string
  readonly beside?: ReactNode
  /** Where on the telephone the code leads. */
  readonly at: string
  readonly foot: string
  readonly back: ReactNode
  readonly children: ReactNode
}) {
  const { code: say } = useNeedWords()
  const address = `${location.origin}/#/${at}`
  return (
    <>
      <nav className="needs-back code-acts">
        {back}
        <Button kind="main" icon="paper" onClick={() => globalThis.print()}>
          {say.print}
        </Button>
      </nav>
      <article className="code-sheet">
        <h1 tabIndex={-1}>
          {say.title} <span className="needs-beside">{name}</span> {beside}
        </h1>
        <p className="code-lead">{say.lead}</p>
        <Code address={address} name={say.codeOf(name)} />
        <p className="second small">{address}</p>
        {children}
        <p className="second small">{foot}</p>
      </article>
    </>
  )
}
