import type { RouteTable } from '../../../platform/route.ts'
import { leaveHelp, listVolunteers, offerHelp, vetVolunteer } from './volunteers.ts'
import type { volunteersContract } from './volunteers-contract.ts'

const purpose = 'casework'

export const volunteerEntries: RouteTable<typeof volunteersContract> = {
  'GET /volunteers': {
    may: ['districtOfficer', 'operator', 'provider'],
    purpose,
    audit: { action: 'projects.listVolunteers', zh: '查看了志愿者', en: 'listed volunteers' },
    do: listVolunteers,
  },
  'POST /volunteers': {
    may: ['provider'],
    purpose,
    audit: { action: 'projects.offerHelp', zh: '登记了一位志愿者', en: 'wrote down a volunteer' },
    do: offerHelp,
  },
  'POST /volunteers/:volunteerId/vet': {
    may: ['districtOfficer', 'operator'],
    purpose,
    audit: { action: 'projects.vetVolunteer', zh: '登记了一位志愿者的审查', en: 'noted that a volunteer was vetted' },
    do: vetVolunteer,
  },
  'POST /volunteers/:volunteerId/leave': {
    may: ['districtOfficer', 'operator', 'provider'],
    purpose,
    audit: { action: 'projects.leaveHelp', zh: '记了一位志愿者离开', en: 'noted that a volunteer has left' },
    do: leaveHelp,
  },
}
