import type { InputOf } from '@zhulian/kernel/contract'
import { readConfig } from '../../../platform/config.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { currentPool, poolInUseSince } from '../../pools/index.ts'
import { hubsOf } from '../../organisations/index.ts'
import { placesAbove, placesOf } from '../../registry/index.ts'
import { type hsdsContract, type HsdsService, notInDirectory, proximityNotOffered } from './contract.ts'
import { type Directory, directoryOf } from './directory.ts'
import { publicOrganisations } from './public-organisations.ts'

type Input<K extends keyof typeof hsdsContract> = InputOf<(typeof hsdsContract)[K]>

/** The last one made in this process, and of what. */
let kept: { readonly of: string; readonly directory: Directory } | undefined

async function directory(ctx: Ctx): Promise<Directory> {
  const pool = await currentPool(ctx)
  const organisations = await publicOrganisations(ctx)
  const of = JSON.stringify([ctx.district, pool.id, ctx.today, organisations])
  if (kept?.of === of) return kept.directory
  const made = directoryOf({
    pool,
    today: ctx.today,
    since: await poolInUseSince(ctx),
    above: await placesAbove(ctx),
    places: await placesOf(ctx),
    hubs: hubsOf(ctx),
    organisations,
  })
  kept = { of, directory: made }
  return made
}

/** Written into answers that other houses keep, so it names the place people know. */
export async function describeDirectory() {
  const { origin, port } = readConfig()
  const own = origin ?? `http://localhost:${port}`
  return {
    version: '3.0' as const,
    profile: `${own}/api/docs#doors`,
    openapi_url: `${own}/api/openapi.json`,
  }
}

export async function listDirectoryServices(ctx: Ctx, { query }: Input<'GET /hsds/services'>) {
  const { services } = await directory(ctx)
  const found = services.filter(service => isAmong(service, query) && isFound(query.search, service))
  if (query.minimal === 'true')
    return pageOf(
      found.map(({ id, last_modified }) => ({ id, modified_date: last_modified })),
      { page: 1, per_page: Math.max(1, found.length) },
    )
  return pageOf(query.full === 'true' ? found : found.map(plain), query)
}

export const getDirectoryService = async (ctx: Ctx, { params }: Input<'GET /hsds/services/:id'>) =>
  oneOf((await directory(ctx)).services, params.id)

export async function listOrganizations(ctx: Ctx, { query }: Input<'GET /hsds/organizations'>) {
  const { organizations } = await directory(ctx)
  const found = organizations.filter(organization => isFound(query.search, organization))
  const isFull = query.full === 'true' || query.full_service === 'true'
  return pageOf(
    found.map(({ locations, services, ...bare }) =>
      isFull ? { ...bare, locations, services: services.map(s => briefly(s, query.full_service)) } : bare,
    ),
    query,
  )
}

export async function getOrganization(ctx: Ctx, { params, query }: Input<'GET /hsds/organizations/:id'>) {
  const found = oneOf((await directory(ctx)).organizations, params.id)
  return { ...found, services: found.services.map(s => briefly(s, query.full_service)) }
}

export async function listServiceAtLocations(ctx: Ctx, { query }: Input<'GET /hsds/service_at_locations'>) {
  if (query.proximity) throw proximityNotOffered()
  const { serviceAtLocations } = await directory(ctx)
  const found = serviceAtLocations.filter(
    ({ service, location }) =>
      isAmong(service as HsdsService, query) &&
      isFound(query.search, service as HsdsService, location) &&
      (!query.postcode || location.addresses.some(address => address.postal_code === query.postcode)),
  )
  return pageOf(query.full === 'true' ? found : found.map(({ service: _service, ...bare }) => bare), query)
}

export const getServiceAtLocation = async (ctx: Ctx, { params }: Input<'GET /hsds/service_at_locations/:id'>) =>
  oneOf((await directory(ctx)).serviceAtLocations, params.id)

export async function listTaxonomies(ctx: Ctx, { query }: Input<'GET /hsds/taxonomies'>) {
  const { taxonomies } = await directory(ctx)
  return pageOf(
    taxonomies.filter(taxonomy => isFound(query.search, taxonomy)),
    query,
  )
}

export const getTaxonomy = async (ctx: Ctx, { params }: Input<'GET /hsds/taxonomies/:id'>) =>
  oneOf((await directory(ctx)).taxonomies, params.id)

export async function listTerms(ctx: Ctx, { query }: Input<'GET /hsds/taxonomy_terms'>) {
  const { terms } = await directory(ctx)
  const found = terms.filter(
    term =>
      (!query.taxonomy_id || term.taxonomy_id === query.taxonomy_id) && !query.parent_id && isFound(query.search, term),
  )
  return pageOf(found, query)
}

export const getTerm = async (ctx: Ctx, { params }: Input<'GET /hsds/taxonomy_terms/:id'>) =>
  oneOf((await directory(ctx)).terms, params.id)

function oneOf<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  const found = all.find(one => one.id === id)
  if (!found) throw notInDirectory()
  return found
}

function pageOf<T>(all: readonly T[], { page, per_page }: { readonly page: number; readonly per_page: number }) {
  const contents = all.slice((page - 1) * per_page, page * per_page)
  const pages = Math.ceil(all.length / per_page)
  return {
    total_items: all.length,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  }
}

interface Among {
  readonly taxonomy_term_id?: string | undefined
  readonly taxonomy_id?: string | undefined
  readonly organization_id?: string | undefined
  readonly modified_after?: string | undefined
}

const isAmong = (service: HsdsService, among: Among): boolean =>
  (!among.organization_id || service.organization_id === among.organization_id) &&
  (!among.taxonomy_term_id || service.attributes.some(a => a.taxonomy_term_id === among.taxonomy_term_id)) &&
  (!among.taxonomy_id || service.attributes.some(a => a.taxonomy_term.taxonomy_id === among.taxonomy_id)) &&
  (!among.modified_after || new Date(service.last_modified) >= new Date(among.modified_after))

/** Only one-to-one fields, and the organisation. */
const plain = ({
  service_areas: _areas,
  service_at_locations: _places,
  cost_options: _costs,
  required_documents: _papers,
  attributes: _attributes,
  eligibility_rules: _rules,
  ...bare
}: HsdsService) => bare

const briefly = (service: HsdsOrganizationService, whole: string | undefined) =>
  whole === 'true' ? service : { id: service.id, name: service.name, status: service.status }

type HsdsOrganizationService = Directory['organizations'][number]['services'][number]

/** Every word of the search has to be in what is said of a thing, whatever its case. */
function isFound(
  search: string | undefined,
  ...things: readonly { name: string; alternate_name?: string | undefined; description?: string | undefined }[]
) {
  if (!search) return true
  const hay = things
    .flatMap(({ name, alternate_name, description }) => [name, alternate_name ?? '', description ?? ''])
    .join('\n')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => hay.includes(word))
}
