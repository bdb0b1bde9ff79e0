import type { RouteTable } from '../../../platform/route.ts'
import type { pairingContract } from './contract.ts'
import { noteHelperVisit } from './note-visit.ts'
import { endPairing, listHelpers, pairHelper } from './pair.ts'
import { listMyPairings, listPairings } from './read-pairings.ts'

const offices = ['townshipClerk', 'districtOfficer'] as const
const purpose = 'casework'

export const pairingEntries: RouteTable<typeof pairingContract> = {
  'GET /helpers': {
    may: offices,
    purpose,
    audit: { action: 'outreach.listHelpers', zh: '查看了帮扶人', en: 'listed helpers' },
    do: listHelpers,
  },
  'POST /households/:householdId/pairings': {
    may: offices,
    purpose,
    audit: { action: 'outreach.pair', zh: '给一户安排了结对帮扶人', en: 'paired a helper with a family' },
    do: pairHelper,
  },
  'GET /households/:householdId/pairings': {
    may: ['guide', ...offices],
    purpose,
    audit: { action: 'outreach.listPairings', zh: '查看了结对帮扶', en: 'looked at who stands by a family' },
    do: listPairings,
  },
  'POST /pairings/:pairingId/end': {
    may: offices,
    purpose,
    audit: { action: 'outreach.endPairing', zh: '结束了结对', en: 'ended a pairing' },
    do: endPairing,
  },
  'POST /pairings/:pairingId/visits': {
    may: ['helper', 'guide', 'townshipClerk'],
    purpose,
    audit: { action: 'outreach.noteHelperVisit', zh: '记了一次结对走访', en: 'noted a helper’s visit' },
    do: noteHelperVisit,
  },
  'GET /my/pairings': {
    may: ['helper'],
    purpose,
    audit: {
      action: 'outreach.listMyPairings',
      zh: '查看了自己结对的人家',
      en: 'looked at the families they stand by',
    },
    do: listMyPairings,
  },
}
