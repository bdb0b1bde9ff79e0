import { staff } from '../../platform/actor.ts'
import { routes } from '../../platform/route.ts'
import { addHousehold } from './add-household.ts'
import { registryContract } from './contract.ts'
import { listDivisions } from './divisions.ts'
import { exportHouseholds } from './export-households.ts'
import { lookForDoubles } from './find-doubles.ts'
import { getHousehold } from './get-household.ts'
import { householdHistory } from './history.ts'
import { likelyPeople } from './likely.ts'
import { listHouseholds, searchHouseholds } from './list-households.ts'
import { endMinorGrant, grantMinors, listMinorGrants } from './minor-grants.ts'
import { mergePersons } from './merge-persons.ts'
import { moveMember } from './move-member.ts'
import { decidePair, takeBackPair } from './decide-pair.ts'
import { getPair } from './get-pair.ts'
import { listPairs } from './list-pairs.ts'
import { recordHouseholdFacts } from './record-facts.ts'
import { revealHousehold, revealPerson } from './reveal.ts'
import { undoMerge } from './undo-merge.ts'

const reading = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'] as const
const offices = ['townshipClerk', 'districtOfficer'] as const
const writing = ['guide', 'townshipClerk', 'districtOfficer'] as const

export const registryRoutes = routes(registryContract, {
  'GET /divisions': { may: 'anyone', purpose: 'operation', audit: 'notPersonal', do: listDivisions },
  'GET /households': {
    may: [...staff],
    purpose: 'registry',
    audit: { action: 'registry.list', zh: '看了家庭列表', en: 'looked at the list of households' },
    do: listHouseholds,
  },
  'POST /households/search': {
    may: reading,
    purpose: 'registry',
    audit: { action: 'registry.search', zh: '查找了家庭', en: 'searched for a household' },
    do: searchHouseholds,
  },
  'POST /households/export': {
    may: ['townshipClerk', 'districtOfficer'],
    purpose: 'registry',
    audit: { action: 'registry.export', zh: '导出了家庭列表', en: 'exported a list of households' },
    freshProof: true,
    do: exportHouseholds,
  },
  'GET /households/:id': {
    may: reading,
    purpose: 'registry',
    audit: { action: 'registry.open', zh: '看了这户的情况', en: 'opened the household' },
    do: getHousehold,
  },
  'GET /households/:id/history': {
    may: reading,
    purpose: 'registry',
    audit: { action: 'registry.history', zh: '看了这户的历史', en: 'looked at the history of the household' },
    do: householdHistory,
  },
  'POST /households': {
    may: writing,
    purpose: 'registry',
    audit: { action: 'registry.addHousehold', zh: '登记了一户', en: 'registered a household' },
    do: addHousehold,
  },
  'POST /registry/likely': {
    may: writing,
    purpose: 'registry',
    audit: {
      action: 'registry.likely',
      zh: '登记前比对了是否已经登记',
      en: 'compared people with the registry before registering them',
    },
    do: likelyPeople,
  },
  'POST /households/:id/facts': {
    may: writing,
    purpose: 'registry',
    audit: { action: 'registry.recordFacts', zh: '记录了情况', en: 'wrote down facts' },
    do: recordHouseholdFacts,
  },
  'POST /households/:id/members': {
    may: writing,
    purpose: 'registry',
    audit: { action: 'registry.moveMember', zh: '登记了家庭成员变动', en: 'recorded that somebody joined or left' },
    do: moveMember,
  },
  'POST /persons/:id/reveal': {
    may: writing,
    purpose: 'registry',
    audit: {
      action: 'registry.revealPerson',
      zh: '查看了完整的证件号或电话',
      en: 'saw an identity number or telephone in full',
    },
    freshProof: true,
    do: revealPerson,
  },
  'POST /households/:id/reveal': {
    may: writing,
    purpose: 'registry',
    audit: {
      action: 'registry.revealHousehold',
      zh: '查看了完整的电话或户号',
      en: 'saw a telephone or account number in full',
    },
    freshProof: true,
    do: revealHousehold,
  },
  'GET /households/:id/minor-grants': {
    may: offices,
    purpose: 'registry',
    audit: {
      action: 'registry.minorGrants',
      zh: '看了谁能打开孩子的记录',
      en: 'looked at who may open children’s records',
    },
    do: listMinorGrants,
  },
  'POST /households/:id/minor-grants': {
    may: offices,
    purpose: 'registry',
    audit: { action: 'registry.grantMinors', zh: '批准打开孩子的记录', en: 'let a worker open children’s records' },
    do: grantMinors,
  },
  'DELETE /minor-grants/:grantId': {
    may: offices,
    purpose: 'registry',
    audit: {
      action: 'registry.endMinorGrant',
      zh: '收回了打开孩子记录的批准',
      en: 'took back a grant to children’s records',
    },
    do: endMinorGrant,
  },
  'GET /pairs': {
    may: offices,
    purpose: 'registry',
    audit: { action: 'registry.pairs', zh: '看了待核对的配对', en: 'looked at pairs that may be one person' },
    do: listPairs,
  },
  'POST /pairs/find': {
    may: ['districtOfficer'],
    purpose: 'registry',
    audit: { action: 'registry.findPairs', zh: '查找了重复登记的人', en: 'looked for people registered twice' },
    do: lookForDoubles,
  },
  'GET /pairs/:pairId': {
    may: offices,
    purpose: 'registry',
    audit: { action: 'registry.pair', zh: '并排核对了两份登记', en: 'compared two records beside each other' },
    do: getPair,
  },
  'POST /pairs/:pairId/decide': {
    may: offices,
    purpose: 'registry',
    audit: { action: 'registry.decidePair', zh: '定了是不是同一人', en: 'said whether two records are one person' },
    do: decidePair,
  },
  'POST /pairs/:pairId/take-back': {
    may: offices,
    purpose: 'registry',
    audit: { action: 'registry.takeBackPair', zh: '撤回了配对的决定', en: 'took back what was decided of a pair' },
    do: takeBackPair,
  },
  'POST /persons/:id/merge': {
    may: ['districtOfficer'],
    purpose: 'registry',
    audit: { action: 'registry.mergePersons', zh: '合并了重复登记的人', en: 'merged somebody registered twice' },
    freshProof: true,
    do: mergePersons,
  },
  'POST /merges/:mergeId/undo': {
    may: ['districtOfficer'],
    purpose: 'registry',
    audit: { action: 'registry.undoMerge', zh: '拆开了合并', en: 'undid a merge of two people' },
    do: undoMerge,
  },
})
