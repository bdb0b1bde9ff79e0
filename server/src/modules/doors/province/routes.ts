import type { RouteTable } from '../../../platform/route.ts'
import type { provinceContract } from './contract.ts'
import { listBatches, listProvinceNeeds, mendMessage, setAside, takeBack } from './quarantine.ts'
import { takeSigned } from './take-signed.ts'

const clerks = { may: ['townshipClerk', 'districtOfficer'], purpose: 'casework' } as const

export const provinceEntries: RouteTable<typeof provinceContract> = {
  'POST /province/needs': {
    may: 'anyone',
    purpose: 'casework',
    audit: { action: 'doors.takeFromProvince', zh: '省平台送来了需求', en: 'the province’s platform sent needs' },
    do: takeSigned,
  },
  'GET /province/needs': {
    ...clerks,
    audit: {
      action: 'doors.listFromProvince',
      zh: '查看了省平台送来、等人核对的需求',
      en: 'looked at needs of the province that wait for somebody',
    },
    do: listProvinceNeeds,
  },
  'GET /province/batches': {
    may: ['districtOfficer', 'admin'],
    purpose: 'operation',
    audit: 'notPersonal',
    do: listBatches,
  },
  'POST /province/needs/:messageId/mend': {
    ...clerks,
    audit: { action: 'doors.mend', zh: '核对并收下了省平台的需求', en: 'mended and took in a need of the province' },
    do: mendMessage,
  },
  'POST /province/needs/:messageId/set-aside': {
    ...clerks,
    audit: { action: 'doors.setAside', zh: '搁置了省平台的需求', en: 'set a need of the province aside' },
    do: setAside,
  },
  'POST /province/needs/:messageId/take-back': {
    ...clerks,
    audit: {
      action: 'doors.takeBack',
      zh: '把搁置的省平台需求又拿了出来',
      en: 'took back that a need of the province was set aside',
    },
    do: takeBack,
  },
}
