import type { alertsContract } from '../src/modules/alerts/contract.ts'
import type { auditContract } from '../src/modules/audit/contract.ts'
import type { entitlementsContract } from '../src/modules/entitlements/contract.ts'
import type { feedsContract } from '../src/modules/feeds/contract.ts'
import type { identityContract } from '../src/modules/identity/contract.ts'
import type { dashboardContract } from '../src/modules/dashboard/contract.ts'
import type { doorsContract } from '../src/modules/doors/contract.ts'
import type { guidanceContract } from '../src/modules/guidance/contract.ts'
import type { organisationsContract } from '../src/modules/organisations/contract.ts'
import type { linkingContract } from '../src/modules/linking/contract.ts'
import type { outreachContract } from '../src/modules/outreach/contract.ts'
import type { poolsContract } from '../src/modules/pools/contract.ts'
import type { projectsContract } from '../src/modules/projects/contract.ts'
import type { registryContract } from '../src/modules/registry/contract.ts'
import type { trackContract } from '../src/modules/track/contract.ts'
import type { wishesContract } from '../src/modules/wishes/contract.ts'

/** What the driver knows the answers of, as types; a module adds its line. */
export type Contracts = typeof identityContract &
  typeof auditContract &
  typeof alertsContract &
  typeof registryContract &
  typeof feedsContract &
  typeof dashboardContract &
  typeof doorsContract &
  typeof entitlementsContract &
  typeof guidanceContract &
  typeof organisationsContract &
  typeof linkingContract &
  typeof outreachContract &
  typeof poolsContract &
  typeof trackContract &
  typeof projectsContract &
  typeof wishesContract
