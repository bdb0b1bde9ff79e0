import { routes } from '../../platform/route.ts'
import { wishesContract } from './contract.ts'
import { moveNeed } from './move-need.ts'
import { listMyNeeds, moveMyNeed } from './my-needs.ts'
import { readBoard } from './read-board.ts'
import { getNeed, listNeeds } from './read-needs.ts'
import { addResource, changeResource, listResources } from './resources.ts'
import { noteNeed, tellMyNeed } from './tell-need.ts'

const field = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'] as const
const may = [...field, 'operator'] as const
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
  'GET /resources': { may, purpose, audit: 'notPersonal', do: listResources },
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
