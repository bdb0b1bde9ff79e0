import { refusal } from '@zhulian/kernel'
import { contract, daySchema, idSchema, text, z } from '@zhulian/kernel/contract'

export const notInDirectory = refusal('doors.notInDirectory', 404, () => ({
  zh: '服务目录里没有这一项。请从列表里取编号。',
  en: 'The directory has no such entry. Take the id from a list.',
}))
export const proximityNotOffered = refusal('doors.proximityNotOffered', 400, () => ({
  zh: '服务目录没有各地点的准确坐标，不能按距离查找。请去掉 proximity，改用 postcode。',
  en: 'The directory has no exact positions of its places, so it cannot search by distance. Leave proximity out and use postcode.',
}))

// The names of fields are those of Open Referral HSDS 3.0.

const uuid = z.string().meta({ format: 'uuid' })
const said = z.string().optional()
const instant = z.string().meta({ format: 'date-time' })

const taxonomy = z.object({ id: uuid, name: z.string(), description: z.string(), version: said })
const term = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  description: z.string(),
  taxonomy: z.string(),
  taxonomy_id: uuid,
  language: z.string(),
})
const fullTerm = term.extend({ taxonomy_detail: taxonomy })
const attribute = z.object({
  id: uuid,
  link_id: uuid,
  taxonomy_term_id: uuid,
  link_type: z.string(),
  link_entity: z.string(),
  taxonomy_term: term,
})
const address = z.object({
  id: uuid,
  location_id: uuid,
  address_1: z.string(),
  city: z.string(),
  region: z.string(),
  state_province: z.string(),
  postal_code: z.string(),
  country: z.string(),
  address_type: z.literal('physical'),
})
const location = z.object({
  id: uuid,
  location_type: z.literal('physical'),
  organization_id: uuid,
  name: z.string(),
  alternate_name: said,
  description: said,
  external_identifier: z.string(),
  external_identifier_type: z.string(),
  addresses: z.array(address),
})
const organization = z.object({
  id: uuid,
  name: z.string(),
  alternate_name: said,
  description: z.string(),
  legal_status: said,
})
const service = z.object({
  id: uuid,
  organization_id: uuid,
  name: z.string(),
  alternate_name: said,
  description: z.string(),
  status: z.enum(['active', 'inactive']),
  application_process: said,
  fees_description: said,
  wait_time: said,
  eligibility_description: z.string(),
  alert: said,
  last_modified: instant,
  organization,
})
const serviceAtLocation = z.object({
  id: uuid,
  service_id: uuid,
  location_id: uuid,
  description: said,
  location,
})
const belonging = {
  service_areas: z.array(z.object({ id: uuid, service_id: uuid, name: z.string(), description: said })),
  service_at_locations: z.array(serviceAtLocation),
  cost_options: z.array(
    z.object({
      id: uuid,
      service_id: uuid,
      currency: z.string(),
      amount: z.number(),
      amount_description: z.string(),
    }),
  ),
  required_documents: z.array(z.object({ id: uuid, service_id: uuid, document: z.string() })),
  attributes: z.array(attribute),
  /** Beyond HSDS: the rule itself beside its words, both of one text. */
  eligibility_rules: z.array(z.object({ language: z.string(), version: z.string(), expression: z.string() })),
}
const fullService = service.extend(belonging)
const fullServiceAtLocation = serviceAtLocation.extend({ service: fullService })
const servicesOf = z.array(z.union([fullService, z.object({ id: uuid, name: z.string(), status: z.string() })]))
const fullOrganization = organization.extend({ locations: z.array(location), services: servicesOf })

export type HsdsTaxonomy = z.input<typeof taxonomy>
export type HsdsTerm = z.input<typeof fullTerm>
export type HsdsLocation = z.input<typeof location>
export type HsdsOrganization = z.input<typeof fullOrganization>
export type HsdsService = z.input<typeof fullService>
export type HsdsServiceAtLocation = z.input<typeof fullServiceAtLocation>

const page = <T extends z.ZodType>(item: T) =>
  z.object({
    total_items: z.number().int(),
    total_pages: z.number().int(),
    page_number: z.number().int(),
    size: z.number().int(),
    first_page: z.boolean(),
    last_page: z.boolean(),
    empty: z.boolean(),
    contents: z.array(item),
  })

const yes = z.enum(['true', 'false']).optional()
const listed = {
  search: text(0, 100).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(50),
  format: z.literal('json').optional(),
}
const among = {
  taxonomy_term_id: idSchema.optional(),
  taxonomy_id: idSchema.optional(),
  organization_id: idSchema.optional(),
  modified_after: z.union([z.iso.datetime({ offset: true }), daySchema]).optional(),
  full: yes,
}
const params = z.object({ id: idSchema })
const refusals = [notInDirectory]

/** What other directories may read of services, organisations and places: Open Referral HSDS 3.0. Public; no person is in it. */
export const hsdsContract = contract({
  'GET /hsds': {
    summary: 'Which version of HSDS this is, and where it is described.',
    open: true,
    answer: z.object({ version: z.literal('3.0'), profile: z.string(), openapi_url: z.string() }),
  },
  'GET /hsds/services': {
    summary:
      'Services and policies by page; `full=true` with all that belongs to each, `minimal=true` only ids and when they changed, on one page.',
    open: true,
    query: z.object({ ...listed, ...among, minimal: yes }),
    answer: page(
      z.union([service.extend(z.object(belonging).partial().shape), z.object({ id: uuid, modified_date: instant })]),
    ),
  },
  'GET /hsds/services/:id': {
    summary: 'One service with all that belongs to it.',
    open: true,
    params,
    answer: fullService,
    refusals,
  },
  'GET /hsds/organizations': {
    summary:
      'Organisations by page; `full=true` with their places and services, `full_service=true` with all of each service.',
    open: true,
    query: z.object({ ...listed, full: yes, full_service: yes }),
    answer: page(organization.extend({ locations: z.array(location).optional(), services: servicesOf.optional() })),
  },
  'GET /hsds/organizations/:id': {
    summary: 'One organisation with its places and services.',
    open: true,
    params,
    query: z.object({ full_service: yes }),
    answer: fullOrganization,
    refusals,
  },
  'GET /hsds/service_at_locations': {
    summary: 'Which service is given at which place, by page.',
    open: true,
    query: z.object({ ...listed, ...among, postcode: text(0, 20).optional(), proximity: text(0, 20).optional() }),
    answer: page(serviceAtLocation.extend({ service: fullService.optional() })),
    refusals: [proximityNotOffered],
  },
  'GET /hsds/service_at_locations/:id': {
    summary: 'One service at one place, with all that belongs to both.',
    open: true,
    params,
    answer: fullServiceAtLocation,
    refusals,
  },
  'GET /hsds/taxonomies': {
    summary: 'The taxonomies that services are sorted by.',
    open: true,
    query: z.object(listed),
    answer: page(taxonomy),
  },
  'GET /hsds/taxonomies/:id': { summary: 'One taxonomy.', open: true, params, answer: taxonomy, refusals },
  'GET /hsds/taxonomy_terms': {
    summary: 'The terms of the taxonomies; they have no terms below them.',
    open: true,
    query: z.object({
      ...listed,
      taxonomy_id: idSchema.optional(),
      top_only: yes,
      parent_id: idSchema.optional(),
    }),
    answer: page(fullTerm),
  },
  'GET /hsds/taxonomy_terms/:id': { summary: 'One term.', open: true, params, answer: fullTerm, refusals },
})
