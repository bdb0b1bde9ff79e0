import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { yuan } from './look.ts'
import { useProjectWords } from './words.ts'
import './projects.css'

type Together = Result<'GET /needs/board'>['together'][number]

/** The same need of many families that nobody met: each may begin a project. */
export function Designs() {
  const { design: say } = useProjectWords()
  const said = useSaid()
  const board = useLoad('needs board', signal => api('GET /needs/board', { query: {}, signal }))
  const [chosen, choose] = useState<Together>()
  const together = (board.value?.together ?? []).filter(one => one.item.kind === 'service')
  if (together.length === 0) return null
  return (
    <Card label={say.title}>
      <h2>{say.title}</h2>
      <ul className="projects-designs">
        {together.map(one => (
          <li key={one.item.id}>
            <div>
              <Tag tone="dusk">{said(one.item.name)}</Tag>
              <p>{say.why(one.households, one.townships, one.days)}</p>
            </div>
            <Button name={`${say.act} ${said(one.item.name)}`} onClick={() => choose(one)}>
              {say.act}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && <DesignDialog item={chosen.item.id} onClose={() => choose(undefined)} />}
    </Card>
  )
}

/** How large it would be, what it costs, which fund has such money. */
export function DesignFigures({ design }: { readonly design: Result<'GET /projects/design'> }) {
  const { design: say } = useProjectWords()
  const said = useSaid()
  return (
    <ul className="projects-plain">
      <li>{say.size(design.places, design.units, said(design.unit))}</li>
      <li>{say.cost(yuan(design.costFen))}</li>
      {design.beyond > 0 && <li>{say.beyond(design.beyond)}</li>}
      <li>{design.fund ? say.fund(design.fund.name) : say.noFund}</li>
    </ul>
  )
}

export function DesignDialog({ item, onClose }: { readonly item: string; readonly onClose: () => void }) {
  const { design: say, charter } = useProjectWords()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const found = useLoad(`design ${item}`, signal => api('GET /projects/design', { query: { item }, signal }))
  const isNameless = name.trim().length < 2
  const [send, sending] = useDeed(async () => {
    const { id } = await api('POST /projects/design', { body: { item, name: name.trim() } })
    onClose()
    await navigate({ to: '/projects/$projectId' as never, params: { projectId: id } as never })
  })
  const design = found.value
  return (
    <FormDialog
      title={say.act}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!isNameless && design) send()
      }}
      onClose={onClose}
    >
      {found.problem && <Failed problem={found.problem} again={found.again} />}
      {!design && !found.problem && <Skeleton shape={['card']} />}
      {design && (
        <>
          <p>{say.why(design.households, design.townships.length, design.days)}</p>
          <p className="second">{design.townships.map(place => `${place.name} ${place.households}`).join(' · ')}</p>
          <DesignFigures design={design} />
          {design.running
            .filter(one => one.free > 0)
            .map(one => (
              <p key={one.id} className="projects-note">
                {say.running(one.name, one.free)}
              </p>
            ))}
        </>
      )}
      <TextField
        label={say.name}
        maxLength={60}
        value={name}
        onChange={setName}
        error={tried && isNameless ? charter.must : undefined}
      />
    </FormDialog>
  )
}
