import type { Day, Words } from '@zhulian/kernel'
import {
  describeService,
  isExample,
  type LoadedPool,
  namedId,
  organisationOfUnit,
  sentencesOf,
  versionOn,
} from '../../pools/index.ts'
import type { Hub } from '../../organisations/index.ts'
import type { PlacesAbove } from '../../registry/index.ts'
import type {
  HsdsLocation,
  HsdsOrganization,
  HsdsService,
  HsdsServiceAtLocation,
  HsdsTaxonomy,
  HsdsTerm,
} from './contract.ts'
import { taxonomies, termOf, terms } from './terms.ts'

/** An organisation that anybody may read of, and the services of the pool it can give today. */
export interface PublicOrganisation {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly legalStatus: string
  readonly gives: readonly { readonly service: string; readonly area: readonly string[]; readonly since: Date }[]
}

export interface DirectorySources {
  readonly pool: LoadedPool
  readonly today: Day
  /** When the pool became what it is. */
  readonly since: Date
  readonly above: PlacesAbove
  /** Townships and villages with their names, by code. */
  readonly places: ReadonlyMap<string, { readonly name: string; readonly township: string }>
  readonly hubs: readonly Hub[]
  readonly organisations: readonly PublicOrganisation[]
}

/** Everything public of services, organisations and places, as Open Referral HSDS 3.0 nests it. */
export interface Directory {
  readonly services: readonly HsdsService[]
  readonly organizations: readonly HsdsOrganization[]
  readonly serviceAtLocations: readonly HsdsServiceAtLocation[]
  readonly taxonomies: readonly HsdsTaxonomy[]
  readonly terms: readonly HsdsTerm[]
}

/** HSDS knows one language; what is said in two stands in two lines. */
const both = ({ zh, en }: Words): string => (zh === en ? zh : `${zh}\n${en}`)
const lines = (all: readonly Words[]): string => [...all.map(w => w.zh), ...all.map(w => w.en)].join('\n')

/** The unit that answers for the pool of services where no organisation of its own does. */
const answering = 'civil-affairs'

const exampleAlert: Words = {
  zh: '示例：其中的数字仅作示例，以主管部门公布为准。',
  en: 'Example: its figures are for illustration; the unit’s own announcement counts.',
}

/** Bare organisations, without what hangs on them. */
type Bare = HsdsService['organization']

export function directoryOf(sources: DirectorySources): Directory {
  const { pool, hubs, places, above } = sources
  const units = pool.documents.units
  const owner = units.find(unit => unit.id === answering) ?? units[0]
  const ownerId = owner ? organisationOfUnit(owner.id) : namedId('unit', answering)
  const bare = new Map<string, Bare>([
    ...units.map(unit => {
      const id = organisationOfUnit(unit.id)
      const name = unit.name
      return [
        id,
        { id, name: name.zh, alternate_name: name.en, description: both(name), legal_status: 'public body' },
      ] as const
    }),
    ...sources.organisations.map(
      ({ id, name, purpose, legalStatus }) =>
        [id, { id, name, description: purpose, legal_status: legalStatus }] as const,
    ),
  ])
  const locations = hubs.map(hub => locationOf(hub, ownerId, places, above))
  const at = new Map(hubs.map((hub, i) => [hub, locations[i] as HsdsLocation]))
  const of = (id: string): Bare => bare.get(id) ?? { id, name: id, description: id }
  const services = [
    ...pool.documents.services.map(service => ofPool(service, of(ownerId), sources, at)),
    ...pool.documents.policies.flatMap(policy => ofPolicy(policy, of(organisationOfUnit(policy.unit)), sources)),
    ...sources.organisations.flatMap(organisation =>
      organisation.gives.flatMap(({ service, area, since }) => {
        const found = pool.service(service)
        return found ? [ofPool(found, of(organisation.id), sources, at, { area, since })] : []
      }),
    ),
  ]
  return {
    services,
    organizations: [...bare.values()].map(organization => ({
      ...organization,
      locations: locations.filter(l => l.organization_id === organization.id),
      services: services.filter(s => s.organization_id === organization.id),
    })),
    serviceAtLocations: services.flatMap(service => service.service_at_locations.map(one => ({ ...one, service }))),
    taxonomies,
    terms,
  }
}

function locationOf(hub: Hub, ownerId: string, places: DirectorySources['places'], above: PlacesAbove): HsdsLocation {
  const id = namedId('hub', hub.id)
  return {
    id,
    location_type: 'physical',
    organization_id: ownerId,
    name: hub.name.zh,
    alternate_name: hub.name.en,
    description: both(hub.about),
    external_identifier: hub.seat,
    external_identifier_type: 'GB/T 10114',
    addresses: [
      {
        id: namedId('address of hub', hub.id),
        location_id: id,
        address_1: places.get(hub.seat)?.name ?? hub.seat,
        city: above.city,
        region: above.district,
        state_province: above.province,
        postal_code: above.postcode,
        country: 'CN',
        address_type: 'physical',
      },
    ],
  }
}

type PoolService = NonNullable<ReturnType<LoadedPool['service']>>

/** @param given by an organisation: in which townships, villages or the district, and since when; undefined: as the pool says */
function ofPool(
  document: PoolService,
  organization: Bare,
  sources: DirectorySources,
  at: ReadonlyMap<Hub, HsdsLocation>,
  given?: { readonly area: readonly string[]; readonly since: Date },
): HsdsService {
  const area = given?.area
  const { pool, since, above, places } = sources
  const said = describeService(document)
  const key = area === undefined ? document.id : `${document.id} of ${organization.id}`
  const id = namedId('service', key)
  const reached = (hub: Hub) =>
    area?.some(code => hub.townships.some(t => t.startsWith(code) || code.startsWith(t))) ??
    (said.level !== 'district' || hub.kind === 'core')
  const there = [...at].filter(([hub]) => reached(hub))
  const nameOf = (code: string) => places.get(code)?.name ?? above.district
  const price = document.price?.amount
  return {
    id,
    organization_id: organization.id,
    name: document.name.zh,
    alternate_name: document.name.en,
    description: lines([document.summary, ...(said.dose ? [said.dose] : []), ...(said.outcome ? [said.outcome] : [])]),
    status: 'active',
    eligibility_description: lines(sentencesOf(document.condition, pool)),
    ...(said.price ? { fees_description: both(said.price) } : {}),
    ...(said.provider ? { application_process: both(said.provider) } : {}),
    ...(said.example ? { alert: both(exampleAlert) } : {}),
    last_modified: (given && given.since > since ? given.since : since).toISOString(),
    organization,
    service_areas: (area ?? [above.district]).map(code => ({
      id: namedId('service area', `${key} ${code}`),
      service_id: id,
      name: nameOf(code),
    })),
    service_at_locations: there.map(([hub, location]) => ({
      id: namedId('service at location', `${key} ${hub.id}`),
      service_id: id,
      location_id: location.id,
      description: hub.townships.map(nameOf).join('、'),
      location,
    })),
    cost_options:
      price === undefined || !said.price
        ? []
        : [
            {
              id: namedId('cost', key),
              service_id: id,
              currency: 'CNY',
              amount: price,
              amount_description: both(said.price),
            },
          ],
    required_documents: [],
    attributes: [attributeOf(id, key, `service.${document.category}`)],
    eligibility_rules: [ruleOf(pool, document.condition)],
  }
}

type Policy = LoadedPool['documents']['policies'][number]

/** A policy of which no version is in force gives nothing and is not listed. */
function ofPolicy(policy: Policy, organization: Bare, { pool, today, since, above }: DirectorySources): HsdsService[] {
  const version = versionOn(policy, today)
  if (!version) return []
  const id = namedId('policy', policy.id)
  const days = policy.procedure.steps.reduce((sum, step) => sum + (step.workingDays ?? 0), 0)
  const isMadeOfExamples = isExample(version.provenance) || isExample(version.benefit.provenance)
  return [
    {
      id,
      organization_id: organization.id,
      name: policy.name.zh,
      alternate_name: policy.name.en,
      description: lines([policy.summary, version.benefit.words]),
      status: 'active',
      application_process: lines([policy.procedure.apply, ...policy.procedure.steps]),
      ...(days > 0 ? { wait_time: both({ zh: `${days}个工作日`, en: `${days} working days` }) } : {}),
      eligibility_description: lines(sentencesOf(version.condition, pool)),
      ...(isMadeOfExamples ? { alert: both(exampleAlert) } : {}),
      last_modified: since.toISOString(),
      organization,
      service_areas: [{ id: namedId('service area', policy.id), service_id: id, name: above.district }],
      service_at_locations: [],
      cost_options: [],
      required_documents: policy.materials.map((material, i) => ({
        id: namedId('paper', `${policy.id} ${i}`),
        service_id: id,
        document: both(material),
      })),
      attributes: [attributeOf(id, policy.id, `benefit.${version.benefit.kind}`)],
      eligibility_rules: [ruleOf(pool, version.condition)],
    },
  ]
}

const ruleOf = (pool: LoadedPool, condition: string) => ({
  language: 'zhulian',
  version: pool.id,
  expression: condition.trim(),
})

function attributeOf(id: string, key: string, code: string): HsdsService['attributes'][number] {
  const { taxonomy_detail: _, ...term } = termOf(code)
  return {
    id: namedId('attribute', key),
    link_id: id,
    taxonomy_term_id: term.id,
    link_type: 'taxonomy',
    link_entity: 'service',
    taxonomy_term: term,
  }
}
