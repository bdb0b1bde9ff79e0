import { routes } from '../../platform/route.ts'
import { checkTrack } from './check-chains.ts'
import { trackContract } from './contract.ts'
import { readMyTrack, readTrack } from './read-track.ts'

export const trackRoutes = routes(trackContract, {
  'GET /households/:householdId/track': {
    may: ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'],
    purpose: 'casework',
    audit: { action: 'track.read', zh: '查看了一户的轨迹', en: 'looked at the track of a family' },
    do: readTrack,
  },
  'GET /my/track': {
    may: ['resident'],
    purpose: 'casework',
    audit: { action: 'track.readMine', zh: '查看了自家的轨迹', en: 'looked at the family’s own track' },
    do: readMyTrack,
  },
  'GET /track/check': {
    may: ['districtOfficer', 'auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'track.check', zh: '核验了轨迹有没有被改过', en: 'proved that tracks are as they were written' },
    do: checkTrack,
  },
})
