import { Link, useParams } from '@tanstack/react-router'
import { Icon } from '../../parts/icon.tsx'
import { Example } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { CodeSheet } from '../needs/code-sheet.tsx'
import { useProjectWords } from './words.ts'

/** 幸福码 of a project, for the wall of where it works. */
export function ProjectCodeScreen() {
  const all = useProjectWords()
  const { code: say } = all
  const language = useLanguage()
  const said = useSaid()
  const { projectId = '' } = useParams({ strict: false }) as { projectId?: string }
  const loaded = useLoad(`code of ${projectId}`, signal =>
    api('GET /projects/:projectId/code', { params: { projectId }, signal }),
  )
  /** Until somebody has read its words it goes by its number. */
  const nameOf = (project: Result<'GET /projects/:projectId/code'>) => project.card?.name ?? project.number
  return (
    <Found loaded={loaded} title={say.act} words={say} list="/projects">
      {project => (
        <CodeSheet
          name={nameOf(project)}
          beside={project.isExample && <Example />}
          at={`project/${project.id}`}
          foot={say.foot}
          back={
            <Link to="/projects/$projectId" params={{ projectId } as never}>
              <Icon name="back" />
              {nameOf(project)}
            </Link>
          }
        >
          <ul>
            {project.card ? (
              <>
                <li>{project.card.whatIsDone}</li>
                <li>
                  <b>{say.forWhom}</b> {project.card.forWhom}
                </li>
              </>
            ) : (
              <li>
                {say.service} {project.services.map(one => said(one.name)).join(all.and)}
              </li>
            )}
            <li>
              <b>{say.where}</b> {project.area.join(all.and) || say.everywhere}
            </li>
            <li>
              <b>{say.until}</b> {formatDay(project.untilOn, language)}
            </li>
          </ul>
        </CodeSheet>
      )}
    </Found>
  )
}
