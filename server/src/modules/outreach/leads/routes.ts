import type { RouteTable } from '../../../platform/route.ts'
import type { leadsContract } from './contract.ts'
import { moveLead } from './move-lead.ts'
import { getLead, listLeads, readConversion } from './read-leads.ts'
import { noteLead, tellOfSomebody } from './tell.ts'

const may = ['guide', 'townshipClerk', 'districtOfficer'] as const
const purpose = 'casework'

export const leadEntries: RouteTable<typeof leadsContract> = {
  'POST /my/leads': {
    may: ['resident'],
    purpose,
    audit: { action: 'outreach.tell', zh: '说了一户可能要帮的人家', en: 'told of a family that may need help' },
    do: tellOfSomebody,
  },
  'POST /leads': {
    may: [...may, 'villageGroup'],
    purpose,
    audit: { action: 'outreach.noteLead', zh: '登记了一条线索', en: 'noted a lead' },
    do: noteLead,
  },
  'GET /leads': {
    may,
    purpose,
    audit: { action: 'outreach.listLeads', zh: '查看了线索', en: 'listed leads' },
    do: listLeads,
  },
  'GET /leads/conversion': { may, purpose, audit: 'notPersonal', do: readConversion },
  'GET /leads/:leadId': {
    may,
    purpose,
    audit: { action: 'outreach.readLead', zh: '打开了一条线索', en: 'opened a lead' },
    do: getLead,
  },
  'POST /leads/:leadId/steps': {
    may,
    purpose,
    audit: { action: 'outreach.moveLead', zh: '推进了一条线索', en: 'moved a lead on' },
    do: moveLead,
  },
}
