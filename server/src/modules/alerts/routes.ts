import { routes } from '../../platform/route.ts'
import { decide, leaving, listCandidates, listDecisions, propose } from './circle-decisions.ts'
import { alertsContract } from './contract.ts'
import { alertQuality, alertsByTownship } from './count-alerts.ts'
import {
  assignAlert,
  closeAlert,
  giveAlertBack,
  opineOnAlert,
  reopenAlert,
  takeAlert,
  verifyAlert,
} from './move-alert.ts'
import { howFarCounted, stopCounting } from './counting-drafts.ts'
import { getAlert, listAlerts, listRules, replayAlert } from './read-alerts.ts'
import { tryDraftedAlerts } from './try-draft.ts'

const seers = ['guide', 'townshipClerk', 'districtOfficer', 'healthWorker'] as const
const closers = ['townshipClerk', 'districtOfficer', 'healthWorker'] as const
const offices = ['townshipClerk', 'districtOfficer'] as const
const casework = { purpose: 'casework' } as const

export const alertsRoutes = routes(alertsContract, {
  'GET /alerts': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.list', zh: '查看了预警清单', en: 'listed alerts' },
    do: listAlerts,
  },
  'GET /alerts/rules': { may: seers, ...casework, audit: 'notPersonal', do: listRules },
  'GET /alerts/by-township': { may: offices, ...casework, audit: 'notPersonal', do: alertsByTownship },
  'GET /alerts/quality': { may: offices, purpose: 'oversight', audit: 'notPersonal', do: alertQuality },
  'POST /alerts/drafts/:draftId': {
    may: ['districtOfficer'],
    purpose: 'policy',
    audit: { action: 'alerts.tryDraft', zh: '试数了一份草稿会有哪些预警', en: 'counted the alerts of a draft' },
    do: tryDraftedAlerts,
  },
  'GET /alerts/drafts/:draftId/counting': {
    may: ['districtOfficer'],
    purpose: 'policy',
    audit: 'notPersonal',
    do: howFarCounted,
  },
  'POST /alerts/drafts/:draftId/counting/stop': {
    may: ['districtOfficer'],
    purpose: 'policy',
    audit: { action: 'alerts.stopCounting', zh: '停下了草稿预警的试数', en: 'stopped counting the alerts of a draft' },
    do: stopCounting,
  },
  'GET /alerts/:alertId': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.read', zh: '打开了一条预警', en: 'opened an alert' },
    do: getAlert,
  },
  'GET /alerts/:alertId/replay': {
    may: closers,
    purpose: 'oversight',
    audit: { action: 'alerts.replay', zh: '重算了一条预警', en: 'judged an alert again as it was' },
    do: replayAlert,
  },
  'POST /alerts/:alertId/take': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.take', zh: '接下了预警', en: 'took an alert' },
    do: takeAlert,
  },
  'POST /alerts/:alertId/give-back': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.giveBack', zh: '放回了预警', en: 'put an alert back' },
    do: giveAlertBack,
  },
  'POST /alerts/:alertId/assign': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.assign', zh: '派了入户核查', en: 'sent somebody to a home' },
    do: assignAlert,
  },
  'POST /alerts/:alertId/verify': {
    may: seers,
    ...casework,
    audit: { action: 'alerts.verify', zh: '核实了预警', en: 'verified an alert' },
    do: verifyAlert,
  },
  'POST /alerts/:alertId/opine': {
    may: closers,
    ...casework,
    audit: { action: 'alerts.opine', zh: '写了预警处理意见', en: 'gave an opinion on an alert' },
    do: opineOnAlert,
  },
  'POST /alerts/:alertId/close': {
    may: closers,
    ...casework,
    audit: { action: 'alerts.close', zh: '办结了预警', en: 'closed an alert' },
    do: closeAlert,
  },
  'POST /alerts/:alertId/reopen': {
    may: closers,
    ...casework,
    audit: { action: 'alerts.reopen', zh: '重新处理预警', en: 'took an alert up again' },
    do: reopenAlert,
  },
  'GET /circle-candidates': {
    may: offices,
    ...casework,
    audit: {
      action: 'alerts.listCandidates',
      zh: '查看了待定的圈层变动',
      en: 'listed moves between circles to decide',
    },
    do: listCandidates,
  },
  'GET /households/:id/leaving': {
    may: offices,
    ...casework,
    audit: {
      action: 'alerts.leaving',
      zh: '查看了移出后会停的帮助',
      en: 'looked at the help that ends for who leaves a circle',
    },
    do: leaving,
  },
  'GET /circle-decisions': {
    may: offices,
    ...casework,
    audit: { action: 'alerts.listDecisions', zh: '查看了圈层变动的决定', en: 'listed decisions on circles' },
    do: listDecisions,
  },
  'POST /circle-decisions': {
    may: offices,
    ...casework,
    audit: { action: 'alerts.proposeCircle', zh: '提出了圈层变动', en: 'proposed a move between circles' },
    do: propose,
  },
  'POST /circle-decisions/:decisionId': {
    may: offices,
    ...casework,
    audit: { action: 'alerts.decideCircle', zh: '决定了圈层变动', en: 'decided a move between circles' },
    do: decide,
  },
})
