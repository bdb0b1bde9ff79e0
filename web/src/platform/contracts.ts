import type { alertsContract } from '@zhulian/server/alerts/contract'
import type { auditContract } from '@zhulian/server/audit/contract'
import type { dashboardContract } from '@zhulian/server/dashboard/contract'
import type { doorsContract } from '@zhulian/server/doors/contract'
import type { entitlementsContract } from '@zhulian/server/entitlements/contract'
import type { feedsContract } from '@zhulian/server/feeds/contract'
import type { guidanceContract } from '@zhulian/server/guidance/contract'
import type { identityContract } from '@zhulian/server/identity/contract'
import type { organisationsContract } from '@zhulian/server/organisations/contract'
import type { linkingContract } from '@zhulian/server/linking/contract'
import type { outreachContract } from '@zhulian/server/outreach/contract'
import type { poolsContract } from '@zhulian/server/pools/contract'
import type { projectsContract } from '@zhulian/server/projects/contract'
import type { registryContract } from '@zhulian/server/registry/contract'
import type { trackContract } from '@zhulian/server/track/contract'
import type { wishesContract } from '@zhulian/server/wishes/contract'

/** Every module's contract, as types only: no schema reaches the browser. */
export type Contracts = typeof auditContract &
  typeof alertsContract &
  typeof dashboardContract &
  typeof doorsContract &
  typeof feedsContract &
  typeof entitlementsContract &
  typeof guidanceContract &
  typeof identityContract &
  typeof organisationsContract &
  typeof linkingContract &
  typeof outreachContract &
  typeof poolsContract &
  typeof projectsContract &
  typeof registryContract &
  typeof trackContract &
  typeof wishesContract
