import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Project } from './look.ts'
import { useProjectWords } from './words.ts'

type Line = Result<'GET /projects/:projectId/needs'>['items'][number]
type Asked = { readonly row: Line; readonly step: 'place' | 'leave' }

/** Needs in a project: whose turn it is first, then those with a place. */
export function Enrolments({ project, onChanged }: { readonly project: Project; readonly onChanged: () => void }) {
  const { one: say } = useProjectWords()
  const said = useSaid()
  const [show, setShow] = useState<'here' | 'gone'>('here')
  const [asked, ask] = useState<Asked>()
  const key = `project needs ${project.id} ${show}`
  const pages = usePages(key)
  const page = useLoad(`${key} ${project.version} ${pages.after ?? ''}`, signal =>
    api('GET /projects/:projectId/needs', {
      params: { projectId: project.id },
      query: { show, ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  const rows = (page.value?.items ?? []).toSorted((a, b) => (a.turn ?? 1e6) - (b.turn ?? 1e6))
  return (
    <Card label={say.needs}>
      <div className="desk-card-head">
        <h2>{say.needs}</h2>
        <Segmented
          name="project-needs"
          label={say.needs}
          value={show}
          onChange={setShow}
          options={[
            { value: 'here', label: say.here },
            { value: 'gone', label: say.gone },
          ]}
        />
      </div>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card']} />}
      {page.value && rows.length === 0 && <Empty title={say.noNeeds}>{say.noNeedsText}</Empty>}
      {rows.length > 0 && (
        <>
          <Table
            caption={say.needs}
            rows={rows}
            busy={page.busy}
            rowKey={row => row.need}
            columns={[
              {
                key: 'need',
                head: say.heads.need,
                main: true,
                cell: row => (
                  <>
                    {row.isOpen ? (
                      <Link to="/needs/$needId" params={{ needId: row.need } as never} className="desk-line">
                        {row.name}
                      </Link>
                    ) : (
                      row.name
                    )}{' '}
                    <span className="second small">{row.number}</span>
                    {row.leftNote && <span className="projects-words second small">{say.leftNote(row.leftNote)}</span>}
                    {row.despite && <span className="projects-words second small">{say.despite(row.despite)}</span>}
                  </>
                ),
              },
              { key: 'village', head: say.heads.village, cell: row => row.village },
              {
                key: 'state',
                head: say.heads.state,
                cell: row => (
                  <Tag tone={row.state === 'placed' ? 'river' : 'plain'}>
                    {row.leftAs ? say.leftAs[row.leftAs] : said(row.stateWords)}
                  </Tag>
                ),
              },
              { key: 'turn', head: say.heads.turn, cell: row => row.turn ?? '' },
              { key: 'stands', head: say.heads.stands, cell: row => (row.needWords ? said(row.needWords) : '') },
              { key: 'verdict', head: say.heads.verdict, cell: row => say.verdicts[row.verdict] },
              {
                key: 'acts',
                head: '',
                cell: row =>
                  show === 'here' && (
                    <span className="row">
                      {row.next.includes('place') && (
                        <Button kind="text" name={say.placeFor(row.number)} onClick={() => ask({ row, step: 'place' })}>
                          {say.placeNow}
                        </Button>
                      )}
                      {row.next.includes('leave') && (
                        <Button kind="text" name={say.leaveFor(row.number)} onClick={() => ask({ row, step: 'leave' })}>
                          {say.leave}
                        </Button>
                      )}
                    </span>
                  ),
              },
            ]}
          />
          <Pager pages={pages} next={page.value?.next ?? null} />
        </>
      )}
      {asked && (
        <AskDialog
          asked={asked}
          project={project}
          onDone={() => {
            page.again()
            onChanged()
          }}
          onClose={() => ask(undefined)}
        />
      )}
    </Card>
  )
}

function AskDialog({
  asked: { row, step },
  project,
  onDone,
  onClose,
}: {
  readonly asked: Asked
  readonly project: Project
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { one, form: say } = useProjectWords()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = step === 'leave' ? words.trim().length < 2 : words.trim().length === 1
  const [send, sending] = useDeed(async () => {
    const said = words.trim()
    await api('POST /projects/:projectId/needs/:needId/steps', {
      params: { projectId: project.id, needId: row.need },
      body: {
        step,
        expectedVersion: row.version,
        ...(said === '' ? {} : step === 'leave' ? { note: said } : { despite: said }),
      },
    })
    onDone()
    onClose()
  })
  return (
    <FormDialog
      title={step === 'place' ? one.placeFor(row.number) : one.leaveFor(row.number)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!isShort) send()
      }}
      onClose={onClose}
    >
      <p className="second">
        {row.name} · {row.village}
      </p>
      <TextField
        label={step === 'place' ? say.outOfTurn : say.reason}
        optional={step === 'place'}
        hint={step === 'place' ? say.outOfTurnHint : undefined}
        lines={2}
        maxLength={300}
        value={words}
        onChange={setWords}
        error={tried && isShort ? say.must : undefined}
      />
    </FormDialog>
  )
}
