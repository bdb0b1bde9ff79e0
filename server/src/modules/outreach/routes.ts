import { routes } from '../../platform/route.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { addAttachment, readAttachment } from './attachments.ts'
import { endAbsence, getAbsence, noteAbsence } from './absences.ts'
import { answerQuestion, askAboutCase } from './ask-about-case.ts'
import { outreachContract } from './contract.ts'
import { handHeldOver } from './hand-held-over.ts'
import { handIn, takeBack } from './hand-in.ts'
import { knowFamily, unknowFamily } from './know-family.ts'
import {
  acceptCase,
  closeCase,
  fileApplication,
  handOver,
  noteContact,
  noteVisit,
  reopenCase,
  returnCase,
  takeOver,
} from './move-case.ts'
import { askVisit } from './ask-visit.ts'
import { countDuties, finishDuty, getDuty, listDuties, startDuty, takeBackDuty } from './duties.ts'
import { checkDevice, listDevices, registerDevice, revokeDevice } from './devices.ts'
import { leadEntries } from './leads/routes.ts'
import { moveTask } from './move-task.ts'
import { listPhones, revokePhone } from './work-phones.ts'
import { listProtectedNotes, listWorkers, nameReaders, writeProtectedNote } from './protected-notes.ts'
import { getCase, listCases, listCaseTakers, listMyCases, readToday } from './read-cases.ts'
import { handVillage, listHandings, readMine, undoHanding } from './handings.ts'
import { readNetwork } from './read-network.ts'
import { getTask, listTasks } from './read-tasks.ts'
import { declineMove, suggestMoves, takeDeclineBack } from './suggestion.ts'
import { pairingEntries } from './pairing/routes.ts'
import { slipEntries } from './slips/routes.ts'
import { sync } from './sync.ts'

const workers = ['guide', 'townshipClerk'] as const
const seers = ['guide', 'townshipClerk', 'districtOfficer'] as const
const clerks = ['townshipClerk', 'districtOfficer'] as const
const casework = { purpose: 'casework' } as const
const opens = { action: 'registry.open', zh: '看了这户的情况', en: 'opened the household' } as const
const writes = {
  action: 'registry.recordFacts',
  zh: '记录了情况',
  en: 'wrote down facts',
  refusedAs: notUnderstood.code,
} as const

export const outreachRoutes = routes(outreachContract, {
  ...slipEntries,
  ...pairingEntries,
  ...leadEntries,
  'POST /screenings/:screeningId/submission': {
    may: ['resident', 'guide', 'townshipClerk'],
    ...casework,
    audit: { action: 'outreach.handIn', zh: '把结果交给导服员', en: 'handed a result in' },
    do: handIn,
  },
  'DELETE /submissions/:submissionId': {
    may: ['resident', 'guide', 'townshipClerk'],
    ...casework,
    audit: { action: 'outreach.takeBack', zh: '撤回了提交', en: 'took a submission back' },
    do: takeBack,
  },
  'GET /cases': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.list', zh: '查看了事项列表', en: 'listed cases' },
    do: listCases,
  },
  'GET /cases/:caseId': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.read', zh: '打开了一件事', en: 'opened a case' },
    do: getCase,
  },
  'GET /cases/:caseId/guides': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.listTakers', zh: '查看了可以转交的人', en: 'looked for a colleague to hand to' },
    do: listCaseTakers,
  },
  'POST /cases/:caseId/family': {
    may: workers,
    ...casework,
    audit: {
      action: 'outreach.knowFamily',
      zh: '确认了办的是哪一户',
      en: 'said which family of the register a case is about',
    },
    do: knowFamily,
  },
  'POST /cases/:caseId/family/undo': {
    may: workers,
    ...casework,
    audit: {
      action: 'outreach.unknowFamily',
      zh: '撤回了办的是哪一户',
      en: 'took back which family of the register a case is about',
    },
    do: unknowFamily,
  },
  'POST /cases/:caseId/accept': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.accept', zh: '接下了这件事', en: 'took the case' },
    do: acceptCase,
  },
  'POST /cases/:caseId/contact': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.contact', zh: '联系了这家人', en: 'was in touch with the family' },
    do: noteContact,
  },
  'POST /cases/:caseId/visits': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.visit', zh: '上门看过', en: 'visited at home' },
    do: noteVisit,
  },
  'POST /cases/:caseId/filings': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.file', zh: '代办了申请', en: 'filed an application' },
    do: fileApplication,
  },
  'POST /cases/:caseId/hand-over': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.handOver', zh: '转交了这件事', en: 'handed the case over' },
    do: handOver,
  },
  'POST /cases/:caseId/take-over': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.takeOver', zh: '接手了这件事', en: 'took the case over' },
    do: takeOver,
  },
  'POST /cases/:caseId/return': {
    may: ['townshipClerk'],
    ...casework,
    audit: { action: 'outreach.return', zh: '退回了村里', en: 'gave the case back to the village' },
    do: returnCase,
  },
  'POST /cases/:caseId/close': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.close', zh: '办结了', en: 'closed the case' },
    do: closeCase,
  },
  'POST /cases/:caseId/reopen': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.reopen', zh: '重新办这件事', en: 'took the case up again' },
    do: reopenCase,
  },
  'POST /cases/:caseId/questions/:questionId/answer': {
    may: ['townshipClerk'],
    ...casework,
    audit: { action: 'outreach.answer', zh: '回复了提问', en: 'answered a question' },
    do: answerQuestion,
  },
  'GET /my/cases': {
    may: ['resident'],
    ...casework,
    audit: { action: 'outreach.listMine', zh: '查看了我的事', en: 'looked at their own requests' },
    do: listMyCases,
  },
  'POST /my/cases/:caseId/questions': {
    may: ['resident'],
    ...casework,
    audit: { action: 'outreach.ask', zh: '问了一个问题', en: 'asked a question' },
    do: askAboutCase,
  },
  'GET /today': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.today', zh: '打开了工作台', en: 'opened the day’s work' },
    do: readToday,
  },
  'GET /tasks': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.listTasks', zh: '查看了走访任务', en: 'listed visits to make' },
    do: listTasks,
  },
  'GET /tasks/:taskId': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.readTask', zh: '打开了一次走访', en: 'opened a visit' },
    do: getTask,
  },
  'POST /tasks/:taskId/steps': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.moveTask', zh: '推进了走访任务', en: 'moved a visit on' },
    do: moveTask,
  },
  'POST /households/:householdId/tasks': {
    may: ['townshipClerk', 'districtOfficer'],
    ...casework,
    audit: { action: 'outreach.askVisit', zh: '安排了一次走访', en: 'asked for a visit' },
    do: askVisit,
  },
  'GET /network': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.readNetwork', zh: '查看了导服网络', en: 'looked at the guides’ network' },
    do: readNetwork,
  },
  'POST /absences': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.noteAbsence', zh: '登记了请假和代班', en: 'noted who is away and who stands in' },
    do: noteAbsence,
  },
  'GET /absences/:absenceId': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.readAbsence', zh: '查看了要交接的事', en: 'looked at what is to be handed over' },
    do: getAbsence,
  },
  'POST /absences/:absenceId/hand-over': {
    may: clerks,
    ...casework,
    audit: {
      action: 'outreach.handHeldOver',
      zh: '把手上的事交给了代班的',
      en: 'handed what was held to who stands in',
    },
    do: handHeldOver,
  },
  'DELETE /absences/:absenceId': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.endAbsence', zh: '结束了请假', en: 'ended an absence' },
    do: endAbsence,
  },
  'POST /handings': {
    may: clerks,
    ...casework,
    audit: {
      action: 'outreach.handVillage',
      zh: '把一个村交给了另一位导服员',
      en: 'handed a village to another guide',
    },
    do: handVillage,
  },
  'GET /handings': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.listHandings', zh: '查看了村子的交接', en: 'looked at villages handed over' },
    do: listHandings,
  },
  'DELETE /handings/:handingId': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.undoHanding', zh: '撤回了一次村子的交接', en: 'undid the hand-over of a village' },
    do: undoHanding,
  },
  'GET /network/suggestion': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.suggestMoves', zh: '查看了均衡建议', en: 'looked at the suggestion of a fair load' },
    do: suggestMoves,
  },
  'POST /network/declined': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.declineMove', zh: '没有采纳一条均衡建议', en: 'declined a suggested move' },
    do: declineMove,
  },
  'DELETE /network/declined/:declinedId': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.takeDeclineBack', zh: '撤回了不采纳', en: 'took back that a move was declined' },
    do: takeDeclineBack,
  },
  'GET /network/mine': {
    may: ['guide'],
    ...casework,
    audit: {
      action: 'outreach.readMine',
      zh: '查看了自己的请假、代班和交接',
      en: 'looked at their own absence, stand-ins and hand-overs',
    },
    do: readMine,
  },
  'POST /households/:householdId/duties': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.startDuty', zh: '记了一件导服工作', en: 'began or noted a piece of a guide’s duties' },
    do: startDuty,
  },
  'GET /duties': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.listDuties', zh: '查看了导服工作', en: 'listed what guides did of their duties' },
    do: listDuties,
  },
  'GET /duties/:dutyId': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.readDuty', zh: '打开了一件导服工作', en: 'opened a piece of a guide’s duties' },
    do: getDuty,
  },
  'POST /duties/:dutyId/finish': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.finishDuty', zh: '做完了一件导服工作', en: 'finished a piece of a guide’s duties' },
    do: finishDuty,
  },
  'DELETE /duties/:dutyId': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.takeBackDuty', zh: '撤回了一件导服工作', en: 'took a piece of a guide’s duties back' },
    do: takeBackDuty,
  },
  'GET /network/duties': {
    may: clerks,
    ...casework,
    audit: { action: 'outreach.countDuties', zh: '查看了四项工作的数', en: 'looked at figures of the four duties' },
    do: countDuties,
  },
  'POST /sync': {
    may: workers,
    ...casework,
    audit: { action: 'outreach.sync', zh: '手机同步了走访', en: 'a telephone brought its visits' },
    do: sync,
  },
  'POST /visits/:visitId/attachments': {
    may: workers,
    ...casework,
    audit: {
      action: 'outreach.attach',
      zh: '交了走访的照片、签名或录音',
      en: 'added a photo, signature or spoken note',
    },
    do: addAttachment,
  },
  'GET /attachments/:attachmentId': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.readAttachment', zh: '看了走访的附件', en: 'looked at an attachment of a visit' },
    do: readAttachment,
  },
  'POST /devices': {
    may: workers,
    purpose: 'identity',
    audit: { action: 'outreach.registerDevice', zh: '登记了工作手机', en: 'registered a telephone' },
    do: registerDevice,
  },
  'GET /devices': {
    may: [...workers, 'admin'],
    purpose: 'identity',
    audit: { action: 'outreach.listDevices', zh: '查看了工作手机', en: 'looked at telephones' },
    do: listDevices,
  },
  'DELETE /devices/:deviceId': {
    may: [...workers, 'admin'],
    purpose: 'identity',
    audit: { action: 'outreach.revokeDevice', zh: '停用了一台工作手机', en: 'revoked a telephone' },
    do: revokeDevice,
  },
  'GET /work-phones': {
    may: [...clerks, 'admin'],
    purpose: 'identity',
    audit: { action: 'outreach.listPhones', zh: '查看了大家的工作手机', en: 'looked at everybody’s work telephones' },
    do: listPhones,
  },
  'POST /work-phones/:deviceId/revoke': {
    may: [...clerks, 'admin'],
    purpose: 'identity',
    audit: { action: 'outreach.revokePhone', zh: '停用了同事的工作手机', en: 'revoked a colleague’s telephone' },
    do: revokePhone,
  },
  'POST /devices/:deviceId/standing': {
    may: 'anyone',
    purpose: 'identity',
    audit: { action: 'outreach.checkDevice', zh: '手机问还能不能用', en: 'a telephone asked whether it stands' },
    do: checkDevice,
  },
  'GET /households/:householdId/workers': {
    may: seers,
    ...casework,
    audit: { action: 'outreach.listWorkers', zh: '查看了谁在这里工作', en: 'looked who works here' },
    do: listWorkers,
  },
  // In the trail these are what anybody does who opens a family or writes something down, in code and words, refused or done: it tells of no note.
  'GET /households/:householdId/protected-notes': {
    may: seers,
    ...casework,
    audit: opens,
    do: listProtectedNotes,
  },
  'POST /households/:householdId/protected-notes': {
    may: seers,
    ...casework,
    audit: writes,
    do: writeProtectedNote,
  },
  'PUT /protected-notes/:noteId/readers': {
    may: seers,
    ...casework,
    audit: writes,
    do: nameReaders,
  },
})
