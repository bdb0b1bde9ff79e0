import { routes } from '../../platform/route.ts'
import { agreeToWish, claimWish, relayThanks, unclaimWish } from './claim-wish.ts'
import { wishesContract } from './contract.ts'
import { moveNeed } from './move-need.ts'
import { listMyNeeds, moveMyNeed } from './my-needs.ts'
import { readBoard } from './read-board.ts'
import { readLevel } from './read-level.ts'
import { draftWish, publishWish, withdrawWish } from './publish-wish.ts'
import { countYours, getNeed, listNeeds } from './read-needs.ts'
import { listWishes } from './read-wishes.ts'
import { addResource, changeResource, listResources } from './resources.ts'
import { noteNeed, tellMyNeed } from './tell-need.ts'

const field = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'] as const
const may = [...field, 'operator'] as const
const hub = ['districtOfficer', 'operator'] as const
/** Organisations and firms, party members and others who stand by families, and residents. */
const claimants = ['provider', 'helper', 'resident'] as const
const purpose = 'casework'

export const wishesRoutes = routes(wishesContract, {
  'POST /households/:householdId/needs': {
    may: field,
    purpose,
    audit: { action: 'wishes.noteNeed', zh: '记下了一户的需要', en: 'wrote down what a family needs' },
    do: noteNeed,
  },
  'GET /needs': {
    may,
    purpose,
    audit: { action: 'wishes.listNeeds', zh: '查看了需求', en: 'listed needs' },
    do: listNeeds,
  },
  'GET /needs/board': {
    may,
    purpose,
    audit: { action: 'wishes.readBoard', zh: '查看了需求看板', en: 'looked at the board of needs' },
    do: readBoard,
  },
  'GET /needs/yours': { may, purpose, audit: 'notPersonal', do: countYours },
  'GET /needs/:needId': {
    may,
    purpose,
    audit: { action: 'wishes.readNeed', zh: '打开了一条需求', en: 'opened a need' },
    do: getNeed,
  },
  'POST /needs/:needId/steps': {
    may,
    purpose,
    audit: { action: 'wishes.moveNeed', zh: '推进了一条需求', en: 'moved a need on' },
    do: moveNeed,
  },
  'POST /my/needs': {
    may: ['resident'],
    purpose,
    audit: { action: 'wishes.tellNeed', zh: '说了自家的需要', en: 'said what the family needs' },
    do: tellMyNeed,
  },
  'GET /my/needs': {
    may: ['resident'],
    purpose,
    audit: { action: 'wishes.listMyNeeds', zh: '查看了自家的需要', en: 'looked at the family’s needs' },
    do: listMyNeeds,
  },
  'POST /my/needs/:needId/steps': {
    may: ['resident'],
    purpose,
    audit: { action: 'wishes.moveMyNeed', zh: '答复了自家的需要', en: 'answered about a need of the family' },
    do: moveMyNeed,
  },
  'GET /needs/:needId/wish': {
    may: hub,
    purpose,
    audit: { action: 'wishes.draftWish', zh: '看了一条需求怎样公开', en: 'looked at how a need may be published' },
    do: draftWish,
  },
  'POST /needs/:needId/wish': {
    may: hub,
    purpose,
    audit: { action: 'wishes.publish', zh: '公开了一个心愿', en: 'published a wish' },
    do: publishWish,
  },
  'GET /wishes': { may: 'anyone', purpose, audit: 'notPersonal', do: listWishes },
  'POST /wishes/:wishId/claim': {
    may: claimants,
    purpose,
    audit: { action: 'wishes.claim', zh: '认领了一个心愿', en: 'took a wish' },
    do: claimWish,
  },
  'POST /wishes/:wishId/unclaim': {
    may: [...claimants, ...hub],
    purpose,
    audit: { action: 'wishes.unclaim', zh: '把心愿放了回去', en: 'gave a wish back' },
    do: unclaimWish,
  },
  'POST /wishes/:wishId/consent': {
    may: field,
    purpose,
    audit: {
      action: 'wishes.agree',
      zh: '问过家里愿不愿意让认领人知道',
      en: 'asked a family whether who took their wish may know them',
    },
    do: agreeToWish,
  },
  'POST /wishes/:wishId/thanks': {
    may: [...field, 'operator'],
    purpose,
    audit: { action: 'wishes.thank', zh: '转达了感谢', en: 'relayed thanks' },
    do: relayThanks,
  },
  'POST /wishes/:wishId/withdraw': {
    may: hub,
    purpose,
    audit: { action: 'wishes.withdraw', zh: '撤下了一个心愿', en: 'took a wish down' },
    do: withdrawWish,
  },
  'GET /resources': { may, purpose, audit: 'notPersonal', do: listResources },
  'GET /levels/:code': { may: 'anyone', purpose, audit: 'notPersonal', do: readLevel },
  'POST /resources': {
    may,
    purpose,
    audit: { action: 'wishes.addResource', zh: '登记了一项资源', en: 'added a resource' },
    do: addResource,
  },
  'PUT /resources/:resourceId': {
    may,
    purpose,
    audit: { action: 'wishes.changeResource', zh: '改了一项资源', en: 'changed a resource' },
    do: changeResource,
  },
})
