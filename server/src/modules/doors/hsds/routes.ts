import type { RouteTable } from '../../../platform/route.ts'
import type { hsdsContract } from './contract.ts'
import {
  describeDirectory,
  getDirectoryService,
  getOrganization,
  getServiceAtLocation,
  getTaxonomy,
  getTerm,
  listDirectoryServices,
  listOrganizations,
  listServiceAtLocations,
  listTaxonomies,
  listTerms,
} from './read-directory.ts'

/** What the district offers is public, and so is the directory of it. */
const open = { may: 'anyone', purpose: 'policy', audit: 'notPersonal' } as const

export const hsdsEntries: RouteTable<typeof hsdsContract> = {
  'GET /hsds': { ...open, do: describeDirectory },
  'GET /hsds/services': { ...open, do: listDirectoryServices },
  'GET /hsds/services/:id': { ...open, do: getDirectoryService },
  'GET /hsds/organizations': { ...open, do: listOrganizations },
  'GET /hsds/organizations/:id': { ...open, do: getOrganization },
  'GET /hsds/service_at_locations': { ...open, do: listServiceAtLocations },
  'GET /hsds/service_at_locations/:id': { ...open, do: getServiceAtLocation },
  'GET /hsds/taxonomies': { ...open, do: listTaxonomies },
  'GET /hsds/taxonomies/:id': { ...open, do: getTaxonomy },
  'GET /hsds/taxonomy_terms': { ...open, do: listTerms },
  'GET /hsds/taxonomy_terms/:id': { ...open, do: getTerm },
}
