import { routes } from '../../platform/route.ts'
import { answerQuestion, askAboutCase } from './ask-about-case.ts'
import { outreachContract } from './contract.ts'
import { handIn, takeBack } from './hand-in.ts'
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
import { getCase, listCases, listCaseTakers, listMyCases, readToday } from './read-cases.ts'

const workers = ['guide', 'townshipClerk'] as const
const seers = ['guide', 'townshipClerk', 'districtOfficer'] as const
const casework = { purpose: 'casework' } as const

export const outreachRoutes = routes(outreachContract, {
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
})
