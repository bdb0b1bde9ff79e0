import { Link, useParams } from '@tanstack/react-router'
import { Icon } from '../../parts/icon.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { CodeSheet } from '../needs/code-sheet.tsx'
import { useProjectWords } from './words.ts'

/** 幸福码 of a project, for the wall of where it works. */
export function ProjectCodeScreen() {
  const all = useProjectWords()
  const { code: say } = all
  const language = useLanguage()
  const { projectId = '' } = useParams({ strict: false }) as { projectId?: string }
  const loaded = useLoad(`code of ${projectId}`, signal =>
    api('GET /projects/:projectId/code', { params: { projectId }, signal }),
  )
  return (
    <Found loaded={loaded} title={say.act} words={say} list="/projects">
      {project => (
        <CodeSheet
          name={project.name}
          at={`project/${project.id}`}
          foot={say.foot}
          back={
            <Link to="/projects/$projectId" params={{ projectId } as never}>
              <Icon name="back" />
              {project.name}
            </Link>
          }
        >
          <ul>
            <li>{project.whatIsDone}</li>
            <li>
              <b>{say.forWhom}</b> {project.forWhom}
            </li>
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
