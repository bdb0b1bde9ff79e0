import { routes } from '../../platform/route.ts'
import { poolsContract } from './contract.ts'
import {
  getPolicy,
  getService,
  listFacts,
  listParameters,
  listPolicies,
  listServices,
  listSources,
  listUnits,
} from './read-pools.ts'
import { beginDraft, restOnCurrent, saveDraft, withdrawDraft } from './edit-draft.ts'
import { checkDraft, publishDraft, returnDraft, submitDraft } from './move-draft.ts'
import {
  exportAlertRule,
  exportCircles,
  exportPolicy,
  exportService,
  importAlertRule,
  importCircles,
  importPolicy,
  importService,
} from './rule-files.ts'
import { readCase } from './read-case.ts'
import {
  getDraft,
  getRule,
  listDrafts,
  listRules,
  listWorkedHouseholds,
  readExpression,
  readHistory,
  readVersion,
} from './read-workbench.ts'

/** The pools are public: rules about help must not hide behind a sign-in. */
const open = { may: 'anyone', purpose: 'policy', audit: 'notPersonal' } as const
/** Rules are written by officers of the district; a second one publishes. */
const officers = { may: ['districtOfficer'], purpose: 'policy' } as const

export const poolsRoutes = routes(poolsContract, {
  'GET /policies': { ...open, do: listPolicies },
  'GET /policies/:policyId': { ...open, do: getPolicy },
  'GET /services': { ...open, do: listServices },
  'GET /services/:serviceId': { ...open, do: getService },
  'GET /units': { ...open, do: listUnits },
  'GET /facts': { ...open, do: listFacts },
  'GET /sources': { ...open, do: listSources },
  'GET /parameters': { ...open, do: listParameters },
  'GET /workbench/reading': { ...officers, audit: 'notPersonal', do: readExpression },
  'GET /rules': { ...officers, audit: 'notPersonal', do: listRules },
  'GET /workbench/:kind/:key': { ...officers, audit: 'notPersonal', do: getRule },
  'GET /workbench/:kind/:key/history': { ...officers, audit: 'notPersonal', do: readHistory },
  'GET /policies/:policyId/file': { ...officers, audit: 'notPersonal', do: exportPolicy },
  'GET /services/:serviceId/file': { ...officers, audit: 'notPersonal', do: exportService },
  'GET /circles/file': { ...officers, audit: 'notPersonal', do: exportCircles },
  'GET /alert-rules/:rule/file': { ...officers, audit: 'notPersonal', do: exportAlertRule },
  'POST /alert-rules/file': {
    ...officers,
    audit: {
      action: 'pools.importAlertRule',
      zh: '读进一份预警规则的文件作草稿',
      en: 'read a file of a rule of alerts into a draft',
    },
    do: importAlertRule,
  },
  'POST /circles/file': {
    ...officers,
    audit: {
      action: 'pools.importCircles',
      zh: '读进一份圈层或类别的文件作草稿',
      en: 'read a file of circles or classes into a draft',
    },
    do: importCircles,
  },
  'POST /services/file': {
    ...officers,
    audit: { action: 'pools.importService', zh: '读进一份服务文件作草稿', en: 'read a service file into a draft' },
    do: importService,
  },
  'POST /policies/file': {
    ...officers,
    audit: { action: 'pools.importPolicy', zh: '读进一份政策文件作草稿', en: 'read a policy file into a draft' },
    do: importPolicy,
  },
  'GET /workbench/:kind/:key/history/:hash': { ...officers, audit: 'notPersonal', do: readVersion },
  'GET /worked-households/:owner': { ...officers, audit: 'notPersonal', do: listWorkedHouseholds },
  'GET /drafts': { ...officers, audit: 'notPersonal', do: listDrafts },
  'POST /drafts': {
    ...officers,
    audit: { action: 'pools.beginDraft', zh: '起草改一项规定', en: 'began to change a rule' },
    do: beginDraft,
  },
  'GET /drafts/:draftId': { ...officers, audit: 'notPersonal', do: getDraft },
  'PUT /drafts/:draftId': {
    ...officers,
    audit: { action: 'pools.saveDraft', zh: '存了一份草稿', en: 'saved a draft' },
    do: saveDraft,
  },
  'DELETE /drafts/:draftId': {
    ...officers,
    audit: { action: 'pools.withdrawDraft', zh: '撤回了一份草稿', en: 'withdrew a draft' },
    do: withdrawDraft,
  },
  'POST /drafts/:draftId/check': {
    ...officers,
    audit: { action: 'pools.checkDraft', zh: '检查了一份草稿', en: 'checked a draft' },
    do: checkDraft,
  },
  'POST /drafts/:draftId/case': {
    ...officers,
    audit: { action: 'pools.readCase', zh: '试算了一个算例', en: 'tried a worked household' },
    do: readCase,
  },
  'POST /drafts/:draftId/rest-on-current': {
    ...officers,
    audit: {
      action: 'pools.restOnCurrent',
      zh: '让草稿和现行的一版对照',
      en: 'compared a draft with what is in force',
    },
    do: restOnCurrent,
  },
  'POST /drafts/:draftId/submit': {
    ...officers,
    audit: { action: 'pools.submitDraft', zh: '提交了一份草稿', en: 'submitted a draft' },
    do: submitDraft,
  },
  'POST /drafts/:draftId/publish': {
    ...officers,
    audit: { action: 'pools.publishDraft', zh: '发布了一项规定', en: 'published a rule' },
    do: publishDraft,
  },
  'POST /drafts/:draftId/return': {
    ...officers,
    audit: { action: 'pools.returnDraft', zh: '退回了一份草稿', en: 'gave a draft back' },
    do: returnDraft,
  },
})
