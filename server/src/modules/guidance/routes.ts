import { routes } from '../../platform/route.ts'
import { answerQuestions, goBack } from './answer-questions.ts'
import { beginInterview } from './begin-interview.ts'
import { changeDepth } from './change-depth.ts'
import { giveConsent, listConsentTexts, withdrawConsent } from './change-consent.ts'
import { guidanceContract } from './contract.ts'
import { finishInterview } from './finish-interview.ts'
import { getScreening, listScreenings, replayScreening } from './get-screening.ts'
import { giveMembers } from './give-members.ts'
import { clearInterview, getInterview, listInterviews } from './read-interviews.ts'
import { agreeToRegistry, takeRegistryBack } from './use-registry.ts'
import { closeSignal, getSignal, listSignals, takeSignal } from './work-signals.ts'

/** Residents for themselves; guides and clerks on behalf of somebody. */
const asked = { may: ['resident', 'guide', 'townshipClerk'], purpose: 'screening' } as const
/** Trained people of the township and the district. */
const trained = { may: ['townshipClerk', 'districtOfficer'], purpose: 'casework' } as const

export const guidanceRoutes = routes(guidanceContract, {
  'POST /interviews': {
    ...asked,
    audit: { action: 'guidance.begin', zh: '开始了一次导服', en: 'began an interview' },
    do: beginInterview,
  },
  'GET /interviews': {
    ...asked,
    audit: { action: 'guidance.list', zh: '查看了自己的导服', en: 'listed their interviews' },
    do: listInterviews,
  },
  'GET /interviews/:interviewId': {
    ...asked,
    audit: { action: 'guidance.read', zh: '打开了导服', en: 'opened an interview' },
    do: getInterview,
  },
  'POST /interviews/:interviewId/members': {
    ...asked,
    audit: { action: 'guidance.giveMembers', zh: '填写了家庭成员', en: 'gave the members of the home' },
    do: giveMembers,
  },
  'PUT /interviews/:interviewId/answers': {
    ...asked,
    audit: { action: 'guidance.answer', zh: '回答了问题', en: 'answered' },
    do: answerQuestions,
  },
  'POST /interviews/:interviewId/back': {
    ...asked,
    audit: { action: 'guidance.goBack', zh: '回到上一题', en: 'went back' },
    do: goBack,
  },
  'PUT /interviews/:interviewId/depth': {
    ...asked,
    audit: { action: 'guidance.changeDepth', zh: '改了问到哪里', en: 'chose how much is asked' },
    do: changeDepth,
  },
  'DELETE /interviews/:interviewId': {
    ...asked,
    audit: { action: 'guidance.clear', zh: '清掉了导服', en: 'cleared an interview' },
    do: clearInterview,
  },
  'PUT /interviews/:interviewId/consent': {
    ...asked,
    audit: { action: 'guidance.agreeToRegistry', zh: '同意使用登记信息', en: 'agreed to the use of the registry' },
    do: agreeToRegistry,
  },
  'DELETE /interviews/:interviewId/consent': {
    ...asked,
    audit: {
      action: 'guidance.takeRegistryBack',
      zh: '收回了使用登记信息的同意',
      en: 'withdrew the use of the registry',
    },
    do: takeRegistryBack,
  },
  'POST /interviews/:interviewId/finish': {
    ...asked,
    audit: { action: 'guidance.finish', zh: '答完并生成了结果', en: 'finished an interview' },
    do: finishInterview,
  },
  'GET /screenings': {
    ...asked,
    audit: { action: 'guidance.listScreenings', zh: '查看了自己的结果', en: 'listed their results' },
    do: listScreenings,
  },
  'GET /screenings/:screeningId': {
    may: ['resident', 'guide', 'townshipClerk', 'districtOfficer'],
    purpose: 'screening',
    audit: { action: 'guidance.readScreening', zh: '查看了导服结果', en: 'read a result' },
    do: getScreening,
  },
  'GET /screenings/:screeningId/replay': {
    may: ['resident', 'guide', 'townshipClerk', 'districtOfficer'],
    purpose: 'oversight',
    audit: { action: 'guidance.replay', zh: '重算了导服结果', en: 'judged a result again' },
    do: replayScreening,
  },
  'GET /consents/texts': { may: 'anyone', purpose: 'screening', audit: 'notPersonal', do: listConsentTexts },
  'PUT /screenings/:screeningId/consent': {
    ...asked,
    audit: { action: 'guidance.consent', zh: '同意让导服员看结果', en: 'agreed that the guide may see the result' },
    do: giveConsent,
  },
  'DELETE /screenings/:screeningId/consent': {
    ...asked,
    audit: { action: 'guidance.withdrawConsent', zh: '收回了同意', en: 'withdrew consent' },
    do: withdrawConsent,
  },
  'GET /signals': {
    ...trained,
    audit: { action: 'guidance.listSignals', zh: '查看了保护事项', en: 'listed protected matters' },
    do: listSignals,
  },
  'GET /signals/:signalId': {
    ...trained,
    audit: { action: 'guidance.readSignal', zh: '打开了一件保护事项', en: 'opened a protected matter' },
    do: getSignal,
  },
  'POST /signals/:signalId/take': {
    ...trained,
    audit: { action: 'guidance.takeSignal', zh: '接下了一件保护事项', en: 'took a protected matter' },
    do: takeSignal,
  },
  'POST /signals/:signalId/close': {
    ...trained,
    audit: { action: 'guidance.closeSignal', zh: '办结了一件保护事项', en: 'closed a protected matter' },
    do: closeSignal,
  },
})
