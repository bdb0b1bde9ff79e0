import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { DesignDialog, DesignFigures } from '../projects/designs.tsx'
import { useNeedWords } from './words.ts'

type Alike = Result<'GET /needs/board'>['together'][number]

/** The same need of many, which nobody met: enough for a project of its own, how large, what it costs, from which fund. */
export function Together({ alike }: { readonly alike: Alike }) {
  const { together: say } = useNeedWords()
  const said = useSaid()
  const session = useSession()
  const isHub = session.state === 'known' && (session.role === 'operator' || session.role === 'districtOfficer')
  const isForProject = isHub && alike.item.kind === 'service'
  const [designing, design] = useState(false)
  const found = useLoad(isForProject ? `design ${alike.item.id}` : undefined, signal =>
    api('GET /projects/design', { query: { item: alike.item.id }, signal }),
  )
  return (
    <article className="need-card together">
      <p className="need-card-top">
        <Tag tone="dusk">{say.same(alike.households)}</Tag>
      </p>
      <h3>
        <Link to="/needs" search={{ look: 'list', item: alike.item.id } as never} data-card>
          {said(alike.item.name)}
        </Link>
      </h3>
      <p className="second">{say.where(alike.townships, alike.days)}</p>
      <p>{say.why}</p>
      {found.value && <DesignFigures design={found.value} />}
      {isForProject && (
        <Button name={`${say.design} ${said(alike.item.name)}`} onClick={() => design(true)}>
          {say.design}
        </Button>
      )}
      {designing && <DesignDialog item={alike.item.id} onClose={() => design(false)} />}
    </article>
  )
}
