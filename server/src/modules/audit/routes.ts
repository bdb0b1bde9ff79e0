import { routes } from '../../platform/route.ts'
import { auditContract } from './contract.ts'
import { listEntries } from './list-entries.ts'
import { listMyOpenings } from './list-openings.ts'

export const auditRoutes = routes(auditContract, {
  'GET /audit': {
    may: ['auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'audit.list', zh: '查看了操作轨迹', en: 'looked at the trail' },
    do: listEntries,
  },
  'GET /my/record/openings': {
    may: ['resident'],
    purpose: 'oversight',
    audit: { action: 'audit.listOpenings', zh: '查看了谁打开过自己的档案', en: 'looked up who opened their record' },
    do: listMyOpenings,
  },
})
