import { routes } from '../../platform/route.ts'
import { projectsContract } from './contract.ts'
import { checkCard, hideCard, readCard } from './check-card.ts'
import { designProject, proposeDesign } from './design-project.ts'
import { addProject, changeProject, tryRule } from './draft-project.ts'
import { enrolNeed, judgeNeed, moveEnrolment } from './enrol.ts'
import { listFunds } from './funds.ts'
import { moveProject } from './move-project.ts'
import { orderEntries } from './orders/routes.ts'
import { volunteerEntries } from './orders/volunteer-routes.ts'
import { listEnrolments } from './read-enrolments.ts'
import { readProjectCode } from './read-code.ts'
import { getProject, listProjects } from './read-projects.ts'
import { listSpending, moveSpending, writeSpending } from './spending.ts'

const hub = ['districtOfficer', 'operator'] as const
const offices = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator'] as const
const readers = [...offices, 'provider'] as const
const purpose = 'casework'

export const projectsRoutes = routes(projectsContract, {
  ...orderEntries,
  ...volunteerEntries,
  'GET /projects': { may: readers, purpose, audit: 'notPersonal', do: listProjects },
  'GET /projects/funds': { may: hub, purpose, audit: 'notPersonal', do: listFunds },
  'POST /projects/rule': {
    may: hub,
    purpose,
    audit: { action: 'projects.tryRule', zh: '试读了项目的规则', en: 'had the rule of a project read' },
    do: tryRule,
  },
  'GET /projects/design': { may: hub, purpose, audit: 'notPersonal', do: proposeDesign },
  'POST /projects/design': {
    may: hub,
    purpose,
    audit: { action: 'projects.design', zh: '把同样的需要做成项目', en: 'made a project of a need of many families' },
    do: designProject,
  },
  'POST /projects': {
    may: hub,
    purpose,
    audit: { action: 'projects.add', zh: '起草了项目', en: 'began a project' },
    do: addProject,
  },
  'GET /projects/:projectId': { may: readers, purpose, audit: 'notPersonal', do: getProject },
  'GET /projects/:projectId/code': { may: 'anyone', purpose, audit: 'notPersonal', do: readProjectCode },
  'GET /projects/:projectId/card': { may: hub, purpose, audit: 'notPersonal', do: readCard },
  'POST /projects/:projectId/card': {
    may: hub,
    purpose,
    audit: {
      action: 'projects.checkCard',
      zh: '读过并公开了项目扫码看到的文字',
      en: 'read and published what the code of a project says',
    },
    do: checkCard,
  },
  'POST /projects/:projectId/card/hide': {
    may: hub,
    purpose,
    audit: {
      action: 'projects.hideCard',
      zh: '收回了项目扫码看到的文字',
      en: 'took down what the code of a project says',
    },
    do: hideCard,
  },
  'PUT /projects/:projectId': {
    may: hub,
    purpose,
    audit: { action: 'projects.change', zh: '改了项目章程', en: 'changed the charter of a project' },
    do: changeProject,
  },
  'POST /projects/:projectId/steps': {
    may: hub,
    purpose,
    audit: { action: 'projects.move', zh: '推进了项目', en: 'moved a project on' },
    do: moveProject,
  },
  'GET /projects/:projectId/spending': { may: offices, purpose, audit: 'notPersonal', do: listSpending },
  'POST /projects/:projectId/spending': {
    may: hub,
    purpose,
    audit: { action: 'projects.spend', zh: '记了项目的一笔支出', en: 'noted what a project paid' },
    do: writeSpending,
  },
  'POST /projects/:projectId/spending/:entryId/steps': {
    may: hub,
    purpose,
    audit: {
      action: 'projects.moveSpending',
      zh: '确认或撤销了项目的一笔支出',
      en: 'confirmed or struck what a project paid',
    },
    do: moveSpending,
  },
  'GET /projects/:projectId/needs': {
    may: offices,
    purpose,
    audit: { action: 'projects.listNeeds', zh: '查看了项目里的需求', en: 'listed the needs in a project' },
    do: listEnrolments,
  },
  'GET /projects/:projectId/needs/:needId': {
    may: offices,
    purpose,
    audit: {
      action: 'projects.judge',
      zh: '看了一户合不合项目的规则',
      en: 'asked the rule of a project about a family',
    },
    do: judgeNeed,
  },
  'POST /projects/:projectId/needs': {
    may: offices,
    purpose,
    audit: { action: 'projects.enrol', zh: '把需求放进了项目', en: 'put a need into a project' },
    do: enrolNeed,
  },
  'POST /projects/:projectId/needs/:needId/steps': {
    may: offices,
    purpose,
    audit: { action: 'projects.moveNeed', zh: '改了需求在项目里的位置', en: 'moved a need within a project' },
    do: moveEnrolment,
  },
})
