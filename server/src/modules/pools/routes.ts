import { routes } from '../../platform/route.ts'
import { poolsContract } from './contract.ts'
import {
  getPolicy,
  getService,
  listFacts,
  listParameters,
  listPolicies,
  listServices,
  listSources,
  listUnits,
} from './read-pools.ts'

/** The pools are public: rules about help must not hide behind a sign-in. */
const open = { may: 'anyone', purpose: 'policy', audit: 'notPersonal' } as const

export const poolsRoutes = routes(poolsContract, {
  'GET /policies': { ...open, do: listPolicies },
  'GET /policies/:policyId': { ...open, do: getPolicy },
  'GET /services': { ...open, do: listServices },
  'GET /services/:serviceId': { ...open, do: getService },
  'GET /units': { ...open, do: listUnits },
  'GET /facts': { ...open, do: listFacts },
  'GET /sources': { ...open, do: listSources },
  'GET /parameters': { ...open, do: listParameters },
})
