import { routes } from '../../platform/route.ts'
import { auditContract } from './contract.ts'
import { listEntries } from './list-entries.ts'
import { listMyOpenings } from './list-openings.ts'
import { readMinorsYear } from './minors-year.ts'

export const auditRoutes = routes(auditContract, {
  'GET /audit': {
    may: ['auditor', 'admin'],
    purpose: 'oversight',
    audit: { action: 'audit.list', zh: '查看了操作轨迹', en: 'looked at the trail' },
    do: listEntries,
  },
  'GET /audit/minors': {
    may: ['districtOfficer', 'auditor'],
    purpose: 'oversight',
    audit: {
      action: 'audit.readMinorsYear',
      zh: '打开了未成年人个人信息年度审计',
      en: 'opened the yearly account of children’s records',
    },
    do: readMinorsYear,
  },
  'GET /my/record/openings': {
    may: ['resident'],
    purpose: 'oversight',
    audit: { action: 'audit.listOpenings', zh: '查看了谁打开过自己的档案', en: 'looked up who opened their record' },
    do: listMyOpenings,
  },
})
