import { routes } from '../../platform/route.ts'
import { dashboardContract } from './contract.ts'
import { readNeedFlow } from './needs.ts'
import { readOverview } from './overview.ts'

export const dashboardRoutes = routes(dashboardContract, {
  'GET /overview': {
    may: ['townshipClerk', 'districtOfficer', 'operator'],
    purpose: 'oversight',
    audit: { action: 'dashboard.overview', zh: '打开了总览', en: 'opened the overview' },
    do: readOverview,
  },
  'GET /overview/needs': {
    may: ['townshipClerk', 'districtOfficer', 'operator'],
    purpose: 'oversight',
    audit: { action: 'dashboard.needs', zh: '看了需求的去向', en: 'looked at how needs went' },
    do: readNeedFlow,
  },
})
