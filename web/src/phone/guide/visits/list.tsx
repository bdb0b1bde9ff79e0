import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty } from '../../../parts/state.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { api, type Result } from '../../../platform/api.ts'
import { formatClock, formatDay } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad } from '../../../platform/load.ts'
import { useOnline } from '../../../platform/network.ts'
import { useSession } from '../../../platform/session.ts'
import { useLanguage, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import { GuideNav } from '../nav.tsx'
import { type OpenKeeper, SendingLine, Unlocked, UntilLine } from './gate.tsx'
import { conflictsIn, type Day, type DayTask, unsent } from './day.ts'
import { fillTogether, lockVault, sync } from './keeper.ts'
import { Phones } from './phones.tsx'
import { QuickExit } from './quick-exit.tsx'
import { useVisitWords } from './words/index.ts'

const tones = { red: 'seal', orange: 'ochre', yellow: 'line', blue: 'line' } as const

export function DayView({ day, keeper }: { readonly day: Day; readonly keeper: OpenKeeper }) {
  const words = useVisitWords()
  const online = useOnline()
  const waits = unsent(day)
  const torn = day.tasks.reduce((sum, task) => sum + conflictsIn(day, task.visit).length, 0)
  return (
    <Page title={words.title} nav={<GuideNav />}>
      <p className="visits-top">
        <a href="#/guide/outbox">
          <Icon name={waits > 0 ? 'tray' : torn > 0 ? 'people' : 'check'} />
          {words.outbox(waits, torn)}
        </a>
        <QuickExit />
      </p>
      <SendingLine keeper={keeper} />
      <UntilLine keeper={keeper} />
      <h1 tabIndex={-1} className="inscription">
        {words.sentence(day.tasks.length)}
      </h1>
      <p className="fine" role="status">
        {keeper.sending
          ? words.sending
          : keeper.sentAt && waits + torn === 0
            ? words.sentAt(formatClock(new Date(keeper.sentAt)))
            : words.kept}
      </p>
      {day.tasks.length === 0 ? (
        <Empty good title={words.none}>
          {words.noneText}
        </Empty>
      ) : (
        <ul className="lines visits-list">
          {day.tasks.map(task => (
            <li key={task.id}>
              <TaskRow task={task} torn={conflictsIn(day, task.visit).length > 0} />
            </li>
          ))}
        </ul>
      )}
      {online && <Others day={day} />}
      <div className="stack section">
        <Button wide onClick={() => void sync()} busy={keeper.sending} busyWords={words.sending}>
          {words.sendNow}
        </Button>
        <Button wide kind="text" icon="shield" onClick={() => void lockVault()}>
          {words.lock}
        </Button>
      </div>
      {online && <Phones device={day.pocket.device} />}
    </Page>
  )
}

function TaskRow({ task, torn }: { readonly task: DayTask; readonly torn: boolean }) {
  const words = useVisitWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <a className="card case-row" href={`#/guide/visit/${task.visit}`}>
      <span className="case-row-words">
        <b>{task.headName}</b>
        <span className="second"> · {task.place}</span>
        {task.why && <small>{said(task.why)}</small>}
        <span className="case-row-marks">
          {task.level && <Tag tone={tones[task.level]}>{words.levels[task.level]}</Tag>}
          {task.dutyWords && <Tag tone="river">{said(task.dutyWords)}</Tag>}
          {torn && (
            <Tag tone="ochre" icon="people">
              {words.box.states.conflict}
            </Tag>
          )}
          <span className={task.late ? 'mini late' : 'mini second'}>
            {task.late ? words.lateMark : words.due(formatDay(task.dueOn, language))}
          </span>
        </span>
      </span>
      <Icon name="next" />
    </a>
  )
}

type Line = Result<'GET /tasks'>['items'][number]

/** What is due later, and what colleagues have: only with a network. */
function Others({ day }: { readonly day: Day }) {
  const words = useVisitWords()
  const session = useSession()
  const known = session.state === 'known'
  const loaded = useLoad(known ? `tasks ${day.tasks.map(t => t.id).join(' ')}` : undefined, signal =>
    api('GET /tasks', { query: { limit: 60 }, signal }),
  )
  useLive(['outreach.'], loaded.again)
  // What was given just now is fetched without being asked for.
  useLive(['outreach.taskGiven'], () => void sync())
  const here = new Set(day.tasks.map(t => t.id))
  const others = (loaded.value?.items ?? []).filter(t => !here.has(t.id) && t.state !== 'handedOver')
  const later = others.filter(t => t.mine || t.holder === null)
  const theirs = others.filter(t => !t.mine && t.holder !== null)
  return (
    <>
      {later.length > 0 && <OtherList title={words.later} lines={later} act={words.take} take />}
      {theirs.length > 0 && <OtherList title={words.colleagues} lines={theirs} act={words.together} />}
    </>
  )
}

function OtherList({
  title,
  lines,
  act,
  take = false,
}: {
  readonly title: string
  readonly lines: readonly Line[]
  readonly act: string
  readonly take?: boolean
}) {
  const words = useVisitWords()
  const said = useSaid()
  const language = useLanguage()
  const [add, adding] = useDeed(async (task: string) => {
    if (take) await api('POST /tasks/:taskId/steps', { params: { taskId: task }, body: { step: 'take' } })
    await fillTogether(task)
  })
  return (
    <section className="section">
      <h2>{title}</h2>
      {adding.problem && <Failed problem={adding.problem} />}
      <ul className="lines visits-list">
        {lines.map(line => (
          <li key={line.id} className="card case-row">
            <span className="case-row-words">
              <b>{line.name}</b>
              <span className="second"> · {line.place}</span>
              <small>
                {said(line.kindWords)}
                {line.dutyWords ? ` · ${said(line.dutyWords)}` : ''} · {words.due(formatDay(line.dueOn, language))}
                {line.holder && !line.mine ? ` · ${line.holder}` : ''}
              </small>
            </span>
            <Button onClick={() => add(line.id)} busy={adding.busy} name={`${act}: ${line.name}`}>
              {act}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const VisitsScreen = () => <Unlocked>{(day, keeper) => <DayView day={day} keeper={keeper} />}</Unlocked>
