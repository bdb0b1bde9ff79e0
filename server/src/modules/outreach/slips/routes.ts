import type { RouteTable } from '../../../platform/route.ts'
import type { slipsContract } from './contract.ts'
import { moveSlip } from './move-slip.ts'
import { countYours, getSlip, listSlips, readSheet } from './read-slips.ts'
import { sendSlip } from './send-slip.ts'

const senders = ['guide', 'townshipClerk', 'districtOfficer'] as const
const may = [...senders, 'bureauOfficer'] as const
const purpose = 'casework'

export const slipEntries: RouteTable<typeof slipsContract> = {
  'POST /households/:householdId/slips': {
    may: senders,
    purpose,
    audit: { action: 'outreach.sendSlip', zh: '把一项需求转给了部门', en: 'handed a need to a bureau' },
    do: sendSlip,
  },
  'GET /slips': {
    may,
    purpose,
    audit: { action: 'outreach.listSlips', zh: '查看了转介单', en: 'listed slips' },
    do: listSlips,
  },
  'GET /slips/yours': { may, purpose, audit: 'notPersonal', do: countYours },
  'GET /slips/sheet': {
    may,
    purpose,
    audit: { action: 'outreach.readSheet', zh: '打印了转介清单', en: 'took out the list of slips' },
    do: readSheet,
  },
  'GET /slips/:slipId': {
    may,
    purpose,
    audit: { action: 'outreach.readSlip', zh: '打开了一张转介单', en: 'opened a slip' },
    do: getSlip,
  },
  'POST /slips/:slipId/steps': {
    may,
    purpose,
    audit: { action: 'outreach.moveSlip', zh: '推进了一张转介单', en: 'moved a slip on' },
    do: moveSlip,
  },
}
