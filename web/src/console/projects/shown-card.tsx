import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useProjectWords } from './words.ts'

type Answer = Result<'GET /projects/:projectId/card'>
const texts = ['name', 'whatIsDone', 'forWhom', 'limits'] as const

/** What anybody reads who scans the code of a project: words that a person read before, and took down again where they are wrong. */
export function ShownCard({ projectId }: { readonly projectId: string }) {
  const { card: say } = useProjectWords()
  const language = useLanguage()
  const loaded = useLoad(`card of ${projectId}`, signal =>
    api('GET /projects/:projectId/card', { params: { projectId }, signal }),
  )
  useLive(['projects.projectMoved'], happening => {
    if (happening.id === '' || happening.id === projectId) loaded.again()
  })
  const [reading, read] = useState(false)
  const [hide, hiding] = useDeed(async () => {
    loaded.put(await api('POST /projects/:projectId/card/hide', { params: { projectId } }))
  })
  const found = loaded.value
  return (
    <Card label={say.title}>
      <h2>{say.title}</h2>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!found && !loaded.problem && <Skeleton shape={['line', 'line']} />}
      {hiding.problem && <Failed problem={hiding.problem} />}
      {found && (
        <div className="stack">
          <p className="row">
            <Tag tone={found.state === 'shown' ? 'hill' : 'ochre'}>{say.states[found.state]}</Tag>
            {found.card && (
              <span className="second small">
                {say.by(found.card.by)} · {formatInstant(found.card.at, language)}
              </span>
            )}
          </p>
          {found.state === 'shown' && found.card ? (
            <p>
              {found.card.name} · {found.card.whatIsDone}
            </p>
          ) : (
            <p className="second">{say.lead}</p>
          )}
          <div className="row">
            <Button kind={found.state === 'shown' ? 'text' : 'main'} onClick={() => read(true)}>
              {found.state === 'shown' ? say.again : say.act}
            </Button>
            {found.state === 'shown' && (
              <Button kind="text" busy={hiding.busy} onClick={() => hide()}>
                {say.hide}
              </Button>
            )}
          </div>
        </div>
      )}
      {reading && found && (
        <CardDialog projectId={projectId} found={found} onSaved={loaded.put} onClose={() => read(false)} />
      )}
    </Card>
  )
}

function CardDialog({
  projectId,
  found,
  onSaved,
  onClose,
}: {
  readonly projectId: string
  readonly found: Answer
  readonly onSaved: (answer: Answer) => void
  readonly onClose: () => void
}) {
  const all = useProjectWords()
  const { card: say, one } = all
  const said = useSaid()
  const [text, setText] = useState(() => {
    const from = found.state === 'shown' && found.card ? found.card : found.draft
    return { name: from.name, whatIsDone: from.whatIsDone, forWhom: from.forWhom, limits: from.limits }
  })
  const [read, setRead] = useState(false)
  const [tried, setTried] = useState(false)
  const short = texts.filter(which => text[which].trim().length < 2)
  const [send, sending] = useDeed(async () => {
    onSaved(
      await api('POST /projects/:projectId/card', {
        params: { projectId },
        body: {
          name: text.name.trim(),
          whatIsDone: text.whatIsDone.trim(),
          forWhom: text.forWhom.trim(),
          limits: text.limits.trim(),
          read,
          expectedVersion: found.version,
        },
      }),
    )
    onClose()
  })
  const labels = { name: all.charter.name, whatIsDone: one.what, forWhom: one.forWhom, limits: one.limits }
  const most = { name: 60, whatIsDone: 1000, forWhom: 500, limits: 500 }
  return (
    <FormDialog
      title={say.act}
      deed={sending}
      save={say.publish}
      saving={say.publishing}
      onClose={onClose}
      onSend={() => {
        setTried(true)
        if (short.length === 0 && read) send()
      }}
    >
      <p className="second">{say.about}</p>
      {found.found.length > 0 && <Notice tone="ochre">{say.found(found.found.map(said).join(all.and))}</Notice>}
      {texts.map(which => (
        <TextField
          key={which}
          label={labels[which]}
          {...(which !== 'name' && { lines: 2 })}
          maxLength={most[which]}
          value={text[which]}
          onChange={value => setText(now => ({ ...now, [which]: value }))}
          error={tried && short.includes(which) ? all.charter.must : undefined}
        />
      ))}
      {found.organisation !== null && <p className="second">{say.organisation(found.organisation)}</p>}
      <label className="projects-check">
        <input type="checkbox" checked={read} onChange={event => setRead(event.currentTarget.checked)} />
        {say.read}
      </label>
      {tried && !read && <p className="field-error">{say.mustRead}</p>}
    </FormDialog>
  )
}
