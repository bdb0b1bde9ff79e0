import { routes } from '../../platform/route.ts'
import { cliffOfHousehold, listCliffs } from './cliffs.ts'
import { entitlementsContract } from './contract.ts'
import { closeFinding, giveFindingBack, reopenFinding, takeFinding } from './move-finding.ts'
import { getFinding, listFindings, summarise } from './read-findings.ts'
import { addReceipt, endReceipt } from './record-receipt.ts'
import { cancelRun, listRuns, startRun } from './run-on-demand.ts'
import { entitlementsOf, replayVerdict } from './read-verdicts.ts'
import { simulationFile } from './simulation-file.ts'
import { howFarRead, listSliders, simulate } from './simulate.ts'
import { howFarTried, stopTrying, tryDraft } from './try-draft.ts'

const field = ['guide', 'townshipClerk', 'districtOfficer'] as const
const offices = ['townshipClerk', 'districtOfficer'] as const
const district = ['districtOfficer'] as const
const casework = { purpose: 'casework' } as const
const policy = { purpose: 'policy' } as const

export const entitlementsRoutes = routes(entitlementsContract, {
  'GET /entitlements/findings': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.list', zh: '查看了应享未享或待复核清单', en: 'listed who to look into' },
    do: listFindings,
  },
  'GET /entitlements/findings/:findingId': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.read', zh: '打开了清单里的一条', en: 'opened a line of a working list' },
    do: getFinding,
  },
  'POST /entitlements/findings/:findingId/take': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.take', zh: '接下了清单里的一条', en: 'took a line of a working list' },
    do: takeFinding,
  },
  'POST /entitlements/findings/:findingId/give-back': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.giveBack', zh: '把一条放回了清单', en: 'put a line back on its list' },
    do: giveFindingBack,
  },
  'POST /entitlements/findings/:findingId/close': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.close', zh: '记下了一条的结果', en: 'wrote down the outcome of a line' },
    do: closeFinding,
  },
  'POST /entitlements/findings/:findingId/reopen': {
    may: offices,
    ...casework,
    audit: { action: 'entitlements.reopen', zh: '要再看一次', en: 'asked to look at a line again' },
    do: reopenFinding,
  },
  'GET /entitlements/summary': {
    may: field,
    ...policy,
    audit: { action: 'entitlements.summarise', zh: '看了两张清单的合计', en: 'read the totals of the working lists' },
    do: summarise,
  },
  'GET /households/:id/entitlements': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.ofHousehold', zh: '看了一户应享与已享', en: 'read what a household is due' },
    do: entitlementsOf,
  },
  'GET /households/:id/entitlements/replay': {
    may: offices,
    purpose: 'oversight',
    audit: { action: 'entitlements.replay', zh: '重算了一次研判', en: 'judged again as it was' },
    do: replayVerdict,
  },
  'POST /households/:id/receipts': {
    may: offices,
    ...casework,
    audit: { action: 'entitlements.addReceipt', zh: '登记了一条领取记录', en: 'wrote down a benefit received' },
    do: addReceipt,
  },
  'POST /households/:id/receipts/:receiptId/end': {
    may: offices,
    ...casework,
    audit: { action: 'entitlements.endReceipt', zh: '登记了领取结束', en: 'wrote down that a benefit ended' },
    do: endReceipt,
  },
  'GET /simulations/sliders': {
    may: district,
    ...policy,
    audit: 'notPersonal',
    do: listSliders,
  },
  'GET /simulations/reading': {
    may: district,
    ...policy,
    audit: 'notPersonal',
    do: howFarRead,
  },
  'GET /simulations': {
    may: district,
    ...policy,
    audit: { action: 'entitlements.simulate', zh: '推演了一次', en: 'tried other figures' },
    do: simulate,
  },
  'POST /simulations/drafts/:draftId': {
    may: district,
    ...policy,
    audit: {
      action: 'entitlements.tryDraft',
      zh: '数了一份草稿会改变哪些家庭',
      en: 'counted who a draft would change',
    },
    do: tryDraft,
  },
  'GET /simulations/drafts/:draftId/counting': { may: district, ...policy, audit: 'notPersonal', do: howFarTried },
  'POST /simulations/drafts/:draftId/counting/stop': {
    may: district,
    ...policy,
    audit: {
      action: 'entitlements.stopCounting',
      zh: '停下了草稿的试数',
      en: 'stopped counting who a draft would change',
    },
    do: stopTrying,
  },
  'GET /simulations/file': {
    may: district,
    ...policy,
    audit: { action: 'entitlements.takeSimulation', zh: '导出了一次推演', en: 'took a trial of figures along' },
    do: simulationFile,
  },
  'GET /simulations/cliffs': {
    may: district,
    ...policy,
    audit: 'notPersonal',
    do: listCliffs,
  },
  'GET /households/:id/cliff': {
    may: field,
    ...casework,
    audit: { action: 'entitlements.cliff', zh: '看了一户的悬崖', en: 'looked at the cliff of a household' },
    do: cliffOfHousehold,
  },
  'GET /entitlements/runs': {
    may: district,
    ...policy,
    audit: 'notPersonal',
    do: listRuns,
  },
  'POST /entitlements/runs': {
    may: district,
    ...policy,
    audit: { action: 'entitlements.startRun', zh: '开始了全库研判', en: 'began to judge the registry' },
    do: startRun,
  },
  'POST /entitlements/runs/:runId/cancel': {
    may: district,
    ...policy,
    audit: { action: 'entitlements.cancelRun', zh: '取消了全库研判', en: 'called a run off' },
    do: cancelRun,
  },
})
