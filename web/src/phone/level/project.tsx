import { ButtonLink } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import type { ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { NoSuchCode } from './no-such-code.tsx'
import { useLevelWords } from './words/index.ts'

export interface ProjectViewProps {
  readonly project: Result<'GET /projects/:projectId/code'>
}

/** 幸福码 of a project: what it does, for whom, and how many places are free. */
export function ProjectView({ project }: ProjectViewProps) {
  const all = useLevelWords()
  const { project: say } = all
  const said = useSaid()
  const language = useLanguage()
  const services = project.services.map(one => said(one.name)).join(say.and)
  const facts = [
    [say.service, services],
    [say.forWhom, project.card?.forWhom],
    [say.limits, project.card?.limits],
    [say.where, project.area.join(say.and) || say.everywhere],
    [say.time, say.between(formatDay(project.fromOn, language), formatDay(project.untilOn, language))],
    [say.by, project.organisation ?? (project.state === 'callOpen' ? say.nobodyYet : undefined)],
  ] as const
  return (
    <Page title={all.title} nav={<Nav />}>
      <h1 tabIndex={-1}>
        {project.card?.name ?? services} {project.isExample && <Example />}
      </h1>
      <div className="stack">
        <p className="lead">{project.card?.whatIsDone ?? say.unread(said(project.brand), project.number)}</p>
        <Notice tone={project.free > 0 ? 'hill' : 'river'}>{say.places(project.state, project.free)}</Notice>
      </div>
      <dl className="section stack">
        {facts.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt className="second small">{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div className="section stack">
        <ButtonLink kind="main" wide to="#/needs">
          {all.need}
        </ButtonLink>
        <ButtonLink wide to="#/tell">
          {all.tell}
        </ButtonLink>
        <ButtonLink wide to="/console/wishes">
          {all.take}
        </ButtonLink>
      </div>
    </Page>
  )
}

export function ProjectScreen({ params }: ScreenProps) {
  const say = useLevelWords()
  const projectId = params['projectId'] ?? ''
  const loaded = useLoad(`project ${projectId}`, signal =>
    api('GET /projects/:projectId/code', { params: { projectId: projectId as never }, signal }),
  )
  if (loaded.value) return <ProjectView project={loaded.value} />
  if (loaded.problem?.status === 404 || loaded.problem?.status === 400) return <NoSuchCode />
  return (
    <Page title={say.title} nav={<Nav />}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'tall']} />
      )}
    </Page>
  )
}
