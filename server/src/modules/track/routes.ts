import { routes } from '../../platform/route.ts'
import { checkTrack } from './check-chains.ts'
import { trackContract } from './contract.ts'
import { countFaults, readProofs, startProof } from './proofs.ts'
import { readMyQuarter, readQuarter } from './read-quarter.ts'
import { readWhole } from './read-whole.ts'
import { readMyTrack, readTrack } from './read-track.ts'

export const trackRoutes = routes(trackContract, {
  'GET /households/:householdId/track': {
    may: ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'],
    purpose: 'casework',
    audit: { action: 'track.read', zh: '查看了一户的轨迹', en: 'looked at the track of a family' },
    do: readTrack,
  },
  'GET /households/:householdId/whole': {
    may: ['guide', 'townshipClerk', 'districtOfficer'],
    purpose: 'casework',
    audit: { action: 'track.readWhole', zh: '看了这户的全貌', en: 'looked at the whole of a family' },
    do: readWhole,
  },
  'GET /households/:householdId/quarter': {
    may: ['guide', 'townshipClerk', 'districtOfficer'],
    purpose: 'casework',
    audit: {
      action: 'track.readQuarter',
      zh: '打开了一户的幸福清单',
      en: 'opened what a family received in a quarter',
    },
    do: readQuarter,
  },
  'GET /my/quarter': {
    may: ['resident'],
    purpose: 'casework',
    audit: {
      action: 'track.readMyQuarter',
      zh: '查看了自家的幸福清单',
      en: 'looked at what the family received in a quarter',
    },
    do: readMyQuarter,
  },
  'GET /my/track': {
    may: ['resident'],
    purpose: 'casework',
    audit: { action: 'track.readMine', zh: '查看了自家的轨迹', en: 'looked at the family’s own track' },
    do: readMyTrack,
  },
  'GET /track/proofs': {
    may: ['districtOfficer', 'auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'track.readProofs', zh: '看了轨迹的核验结果', en: 'looked at what proving the track found' },
    do: readProofs,
  },
  'GET /track/proofs/yours': {
    may: ['districtOfficer', 'auditor', 'admin'],
    purpose: 'oversight',
    audit: 'notPersonal',
    do: countFaults,
  },
  'POST /track/proofs': {
    may: ['districtOfficer', 'auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'track.prove', zh: '开始核验全区轨迹', en: 'began to prove the whole track' },
    do: startProof,
  },
  'GET /track/check': {
    may: ['districtOfficer', 'auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'track.check', zh: '核验了轨迹有没有被改过', en: 'proved that tracks are as they were written' },
    do: checkTrack,
  },
})
