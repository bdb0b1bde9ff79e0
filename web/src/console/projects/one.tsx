import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { NeedDue } from '../needs/due.tsx'
import { CharterDialog } from './charter-dialog.tsx'
import { Enrolments } from './enrolments.tsx'
import { type Project, toneOf, yuan } from './look.ts'
import { type ProjectStep, ProjectStepDialog } from './step-dialog.tsx'
import { ShownCard } from './shown-card.tsx'
import { Spending } from './spending.tsx'
import { useProjectWords } from './words.ts'
import './projects.css'

/** One project: charter, money, places, who is in it, what was done, what can be done now. */
export function ProjectScreen() {
  const all = useProjectWords()
  const { projectId = '' } = useParams({ strict: false }) as { projectId?: string }
  const loaded = useLoad(`project ${projectId}`, signal =>
    api('GET /projects/:projectId', { params: { projectId }, signal }),
  )
  useLive(['projects.projectMoved', 'projects.placeFree'], happening => {
    if (happening.id === '' || happening.id === projectId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={all.one} list="/projects">
      {project => <OneProject key={project.id} project={project} put={loaded.put} again={loaded.again} />}
    </Found>
  )
}

/** Says of itself to anybody what it does. */
const coded = ['callOpen', 'contracted', 'running']

function OneProject({
  project,
  put,
  again,
}: {
  readonly project: Project
  readonly put: (project: Project) => void
  readonly again: () => void
}) {
  const all = useProjectWords()
  const { one: say } = all
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const seesNeeds = session.state === 'known' && session.role !== 'provider'
  const checksCards = session.state === 'known' && (session.role === 'operator' || session.role === 'districtOfficer')
  const [editing, edit] = useState(false)
  // Money moves without the project itself: whoever looks at it hears of it.
  const [turn, setTurn] = useState(0)
  useLive(['projects.projectMoved'], happening => {
    if (happening.id === '' || happening.id === project.id) setTurn(n => n + 1)
  })
  return (
    <>
      <nav className="projects-back">
        <Link to={'/projects' as never}>
          <Icon name="back" />
          {say.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone={toneOf[project.state]}>{said(project.stateWords)}</Tag>
            {project.daysLeft !== null && <NeedDue daysLeft={project.daysLeft} />}
            {project.isExample && <span className="second small">{all.example}</span>}
          </p>
          <h1 tabIndex={-1}>
            {project.name}{' '}
            <span className="projects-beside">
              {said(project.brand.words)} · {project.services.map(one => said(one.name)).join(all.and)} ·{' '}
              {project.number}
            </span>
          </h1>
        </div>
        {coded.includes(project.state) && (
          <Link to={'/projects/$projectId/code' as never} params={{ projectId: project.id } as never}>
            {all.code.act}
          </Link>
        )}
        {project.isWritable && (
          <Button icon="pen" onClick={() => edit(true)}>
            {say.edit}
          </Button>
        )}
      </header>
      <Columns
        acts={
          <>
            {seesNeeds && <Next project={project} put={put} />}
            <PlacesCard project={project} />
            {checksCards && coded.includes(project.state) && <ShownCard projectId={project.id} />}
          </>
        }
      >
        <CharterCard project={project} />
        <MoneyCard project={project} />
        {seesNeeds && spends.includes(project.state) && <Spending project={project} turn={turn} />}
        {seesNeeds && <Enrolments project={project} onChanged={again} />}
        {project.steps.length > 0 && (
          <Card label={say.steps}>
            <h2>{say.steps}</h2>
            <Steps
              label={say.steps}
              steps={project.steps.map(step => ({
                title: said(step.words),
                state: 'done' as const,
                note: (
                  <>
                    {step.by} · {formatInstant(step.at, language)}
                    {step.note && <span className="projects-words">{step.note}</span>}
                  </>
                ),
              }))}
            />
          </Card>
        )}
      </Columns>
      {editing && <CharterDialog project={project} onSaved={put} onClose={() => edit(false)} />}
    </>
  )
}

/** From its start on a project has something to spend. */
const spends: readonly Project['state'][] = ['running', 'ended', 'evaluated', 'settled', 'archived']

function CharterCard({ project }: { readonly project: Project }) {
  const all = useProjectWords()
  const { one: say } = all
  const said = useSaid()
  const language = useLanguage()
  const rows = [
    [say.purpose, project.purpose],
    [say.what, project.whatIsDone],
    [say.forWhom, project.forWhom],
    [say.limits, project.limits],
    [say.safeguarding, project.safeguarding],
    [say.area, project.area.length === 0 ? all.wholeDistrict : project.area.join(all.and)],
    [say.period, `${formatDay(project.fromOn, language)} – ${formatDay(project.untilOn, language)}`],
    [
      say.organisation,
      [
        project.organisation ?? say.noOrganisation,
        project.organisationNamedBy && say.namedBy(project.organisationNamedBy),
        project.signedBy && say.signedBy(project.signedBy),
      ]
        .filter(Boolean)
        .join(' · '),
    ],
  ] as const
  return (
    <Card label={say.charter}>
      <h2>{say.charter}</h2>
      <dl className="projects-said">
        {rows.map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{say.rule}</dt>
          <dd>
            {project.eligibility ? (
              <>
                <ul className="projects-plain">
                  {project.eligibility.sentences.map(words => (
                    <li key={words.zh}>{said(words)}</li>
                  ))}
                </ul>
                <span className="second small">{say.ruleNote}</span>
              </>
            ) : (
              say.noRule
            )}
          </dd>
        </div>
        {project.indicators.length > 0 && (
          <div>
            <dt>{say.indicators}</dt>
            <dd>
              {project.indicators.map(one => (
                <p key={one.words}>
                  {say.indicator(one.words, one.target, one.unit)}{' '}
                  <span className="second small">{say.measured(one.measured)}</span>
                </p>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </Card>
  )
}

function MoneyCard({ project }: { readonly project: Project }) {
  const all = useProjectWords()
  const { one: say } = all
  const said = useSaid()
  const by = [
    project.budgetAskedBy && say.askedBy(project.budgetAskedBy),
    project.budgetApprovedBy && say.approvedBy(project.budgetApprovedBy),
  ].filter(Boolean)
  return (
    <Card label={say.money}>
      <h2>
        {say.money} {project.isExample && <span className="second small">{all.example}</span>}
      </h2>
      <Table
        caption={say.money}
        rows={project.items}
        rowKey={row => row.service.id}
        columns={[
          { key: 'item', head: say.item, main: true, cell: row => said(row.service.name) },
          {
            key: 'units',
            head: say.units,
            figure: true,
            cell: row => `${row.units.toLocaleString('en-US')} × ${said(row.unit)}`,
          },
          { key: 'price', head: say.price, figure: true, cell: row => yuan(row.unitFen) },
          { key: 'cost', head: say.cost, figure: true, cell: row => yuan(row.costFen) },
        ]}
      />
      <dl className="projects-said">
        <div>
          <dt>{say.sum}</dt>
          <dd>{all.yuan(yuan(project.costFen))}</dd>
        </div>
        <div>
          <dt>{say.budget}</dt>
          <dd>
            {project.budgetFen === null ? all.noBudget : all.yuan(yuan(project.budgetFen))}
            {project.budgetState === 'asked' && ` · ${all.askedBudget}`}
            {by.length > 0 && <span className="second small"> {by.join(' · ')}</span>}
          </dd>
        </div>
        <div>
          <dt>{say.fund}</dt>
          <dd>{project.fund?.name ?? all.none}</dd>
        </div>
      </dl>
    </Card>
  )
}

function PlacesCard({ project }: { readonly project: Project }) {
  const all = useProjectWords()
  const { one: say } = all
  return (
    <Card label={say.places}>
      <h2>{say.places}</h2>
      <dl className="projects-sums">
        {(
          [
            [all.sums.places, project.places],
            [all.sums.placed, project.placed],
            [all.sums.waiting, project.waiting],
            [say.free, project.free],
          ] as const
        ).map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {project.designed && project.designed.needs > 0 && <p>{say.designed(project.designed.needs)}</p>}
    </Card>
  )
}

const atOnce = ['askBudget', 'approveBudget', 'name', 'sign', 'start', 'evaluate', 'settle', 'archive']

function Next({ project, put }: { readonly project: Project; readonly put: (project: Project) => void }) {
  const all = useProjectWords()
  const { one: say } = all
  const said = useSaid()
  const [asking, setAsking] = useState<ProjectStep>()
  const send = async (step: ProjectStep['step'], body: Record<string, unknown> = {}) =>
    put(
      await api('POST /projects/:projectId/steps', {
        params: { projectId: project.id },
        body: { step, expectedVersion: project.version, ...body } as never,
      }),
    )
  const [move, moving] = useDeed(send)
  const main = atOnce.find(step => project.next.some(open => open.step === step))
  return (
    <Card label={say.next}>
      <h2>{say.next}</h2>
      {project.next.length === 0 && <p className="second">{say.nothing}</p>}
      {moving.problem && !asking && <Failed problem={moving.problem} />}
      <div className="projects-next">
        {project.next.map(step => (
          <Button
            key={step.step}
            kind={step.step === main ? 'main' : 'framed'}
            busy={moving.busy}
            onClick={() => (step.asks.length > 0 ? setAsking(step) : move(step.step))}
          >
            {said(step.words)}
          </Button>
        ))}
      </div>
      {project.forAnother.length > 0 && (
        <p className="second small">
          {say.another} {project.forAnother.map(said).join(all.and)}
        </p>
      )}
      {asking && (
        <ProjectStepDialog
          project={project}
          step={asking}
          onSend={body => send(asking.step, body)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  )
}
