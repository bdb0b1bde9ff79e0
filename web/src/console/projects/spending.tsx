import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { MoneyField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { type Project, yuan } from './look.ts'
import { useProjectWords } from './words.ts'

type Page = Result<'GET /projects/:projectId/spending'>
type Entry = Page['items'][number]
type Asked = { readonly row: Entry; readonly step: 'confirm' | 'strike' }

/** What the project paid, by which paper, and what is left of what was approved. */
export function Spending({ project, turn }: { readonly project: Project; readonly turn: number }) {
  const all = useProjectWords()
  const { spending: say } = all
  const language = useLanguage()
  const [writing, write] = useState(false)
  const [asked, ask] = useState<Asked>()
  const key = `spending ${project.id}`
  const pages = usePages(key)
  const page = useLoad(`${key} ${project.version} ${turn} ${pages.after ?? ''}`, signal =>
    api('GET /projects/:projectId/spending', {
      params: { projectId: project.id },
      query: { limit: 20, ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  const value = page.value
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>
          {say.title} {project.isExample && <span className="second small">{all.example}</span>}
        </h2>
        {value?.mayWrite && (
          <Button icon="plus" onClick={() => write(true)}>
            {say.add}
          </Button>
        )}
      </div>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!value && !page.problem && <Skeleton shape={['card']} />}
      {value && (
        <>
          <Sums sums={value.sums} />
          {value.items.length === 0 && <p className="second">{value.mayWrite ? say.none : say.noneYet}</p>}
          {value.items.length > 0 && (
            <Table
              caption={say.title}
              rows={value.items}
              busy={page.busy}
              rowKey={row => row.id}
              columns={[
                {
                  key: 'what',
                  head: say.what,
                  main: true,
                  cell: row => (
                    <>
                      <span className={row.struck ? 'projects-struck' : undefined}>{row.what}</span>
                      <span className="projects-words second small">
                        {say.paperNumber(row.paper)} · {say.writtenBy(row.written.by)}
                        {row.confirmed && ` · ${say.confirmedBy(row.confirmed.by)}`}
                      </span>
                      {row.struck && (
                        <span className="projects-words second small">
                          {say.struckBy(row.struck.by, row.struck.why)}
                        </span>
                      )}
                    </>
                  ),
                },
                { key: 'on', head: say.on, cell: row => formatDay(row.on, language) },
                {
                  key: 'amount',
                  head: say.amount,
                  figure: true,
                  cell: row => (
                    <span className={row.struck ? 'projects-struck' : undefined}>{yuan(row.amountFen)}</span>
                  ),
                },
                {
                  key: 'state',
                  head: say.state,
                  cell: row => (
                    <Tag tone={row.state === 'counts' ? 'hill' : row.state === 'waits' ? 'ochre' : 'plain'}>
                      {say.states[row.state]}
                    </Tag>
                  ),
                },
                {
                  key: 'acts',
                  head: '',
                  cell: row => (
                    <span className="row">
                      {row.next.map(step => (
                        <Button
                          key={step}
                          kind="text"
                          name={say.stepOf(say.steps[step], row.paper)}
                          onClick={() => ask({ row, step })}
                        >
                          {say.steps[step]}
                        </Button>
                      ))}
                    </span>
                  ),
                },
              ]}
            />
          )}
          <Pager pages={pages} next={value.next} />
          <p className="second small">{say.note(yuan(value.secondFromFen))}</p>
        </>
      )}
      {writing && value && (
        <WriteDialog
          project={project}
          leftFen={value.sums.leftFen}
          secondFromFen={value.secondFromFen}
          onDone={page.again}
          onClose={() => write(false)}
        />
      )}
      {asked && <StepDialog project={project} asked={asked} onDone={page.again} onClose={() => ask(undefined)} />}
    </Card>
  )
}

function Sums({ sums }: { readonly sums: Page['sums'] }) {
  const all = useProjectWords()
  const { spending: say } = all
  const inYuan = (fen: number) => all.yuan(yuan(fen))
  const rows = [
    [say.budget, inYuan(sums.budgetFen)],
    [say.spent, inYuan(sums.spentFen)],
    ...(sums.waitingFen > 0 ? [[say.waiting, inYuan(sums.waitingFen)] as const] : []),
    [say.left, inYuan(sums.leftFen)],
    [say.perHead, sums.perHeadFen === null ? say.noHeads : say.perHeadOf(inYuan(sums.perHeadFen), sums.heads)],
  ] as const
  return (
    <dl className="projects-sums">
      {rows.map(([head, value]) => (
        <div key={head}>
          <dt>{head}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function WriteDialog({
  project,
  leftFen,
  secondFromFen,
  onDone,
  onClose,
}: {
  readonly project: Project
  readonly leftFen: number
  readonly secondFromFen: number
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const all = useProjectWords()
  const { spending: say, form } = all
  const today = useToday()
  const [on, setOn] = useState<string>(today)
  const [amount, setAmount] = useState('')
  const [what, setWhat] = useState('')
  const [paper, setPaper] = useState('')
  const [tried, setTried] = useState(false)
  const fen = Math.round((numberIn(amount) ?? 0) * 100)
  const wrong = { on: !on, amount: !(fen >= 1), what: what.trim().length < 2, paper: paper.trim() === '' }
  const [send, sending] = useDeed(async () => {
    await api('POST /projects/:projectId/spending', {
      params: { projectId: project.id },
      body: { on: on as never, amountFen: fen, what: what.trim(), paper: paper.trim() },
    })
    onDone()
    onClose()
  })
  return (
    <FormDialog
      title={say.add}
      deed={sending}
      save={form.save}
      saving={form.saving}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <p className="second">
        {project.name} · {say.leftNow(yuan(leftFen))}
      </p>
      <TextField
        label={say.what}
        maxLength={200}
        value={what}
        onChange={setWhat}
        error={tried && wrong.what ? form.must : undefined}
      />
      <div className="projects-pair">
        <MoneyField
          label={say.amount}
          hint={fen >= secondFromFen ? say.needsSecond : undefined}
          value={amount}
          onChange={setAmount}
          error={tried && wrong.amount ? form.mustAmount : undefined}
        />
        <TextField
          label={say.paper}
          maxLength={60}
          value={paper}
          onChange={setPaper}
          error={tried && wrong.paper ? say.mustPaper : undefined}
        />
      </div>
      <DayField
        above
        label={say.on}
        value={on}
        onChange={setOn}
        min={project.fromOn < today ? project.fromOn : undefined}
        max={today}
      />
      {tried && wrong.on && <p className="field-error">{say.mustDay}</p>}
    </FormDialog>
  )
}

function StepDialog({
  project,
  asked: { row, step },
  onDone,
  onClose,
}: {
  readonly project: Project
  readonly asked: Asked
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const all = useProjectWords()
  const { spending: say, form } = all
  const language = useLanguage()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = step === 'strike' && note.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /projects/:projectId/spending/:entryId/steps', {
      params: { projectId: project.id, entryId: row.id },
      body: { step, expectedVersion: row.version, ...(step === 'strike' && { note: note.trim() }) },
    })
    onDone()
    onClose()
  })
  return (
    <FormDialog
      title={say.steps[step]}
      deed={sending}
      save={say.steps[step]}
      saving={form.saving}
      onSend={() => {
        setTried(true)
        if (!isShort) send()
      }}
      onClose={onClose}
    >
      <p>
        {row.what} · {all.yuan(yuan(row.amountFen))} · {formatDay(row.on, language)}
        <span className="projects-words second small">
          {say.paperNumber(row.paper)} · {say.writtenBy(row.written.by)}
        </span>
      </p>
      {step === 'confirm' && <p className="second">{say.confirmText}</p>}
      {step === 'strike' && (
        <TextField
          label={form.reason}
          lines={2}
          maxLength={300}
          value={note}
          onChange={setNote}
          error={tried && isShort ? form.must : undefined}
        />
      )}
    </FormDialog>
  )
}
