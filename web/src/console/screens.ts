import { lazy, type ComponentType } from 'react'
import type { IconName } from '../parts/icon.tsx'
import type { Role } from '../platform/session.ts'
import { wordsReady } from '../platform/words.ts'
import type { ConsoleWords } from './words/zh.ts'

/** A screen that comes when somebody goes there, with its words in the language of the page. */
const later = <N extends string>(load: () => Promise<Record<N, ComponentType>>, name: N) =>
  lazy(async () => {
    const found = await load()
    await wordsReady()
    return { default: found[name] }
  })

export interface Screen {
  /** Below /console. */
  readonly at: string
  readonly name: keyof ConsoleWords['screens']
  readonly Screen: ComponentType
  readonly may: readonly Role[]
  /** Stands in the rail. */
  readonly rail?: { readonly icon: IconName; readonly key: string }
}

const casework: readonly Role[] = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator']
const keepers: readonly Role[] = ['guide', 'townshipClerk', 'districtOfficer']
const everyone: readonly Role[] = [
  ...casework,
  'provider',
  'auditor',
  'admin',
  'healthWorker',
  'bureauOfficer',
  'helper',
]

/** Where everything is; router, rail and palette are made from it. */
export const screens: readonly Screen[] = [
  {
    at: '/',
    name: 'today',
    Screen: later(() => import('./today/screen.tsx'), 'TodayScreen'),
    may: everyone,
    rail: { icon: 'clock', key: 't' },
  },
  {
    at: '/cases',
    name: 'cases',
    Screen: later(() => import('./cases/screen.tsx'), 'CasesScreen'),
    may: keepers,
    rail: { icon: 'tray', key: 'c' },
  },
  {
    at: '/cases/:caseId',
    name: 'case',
    Screen: later(() => import('./case/screen.tsx'), 'CaseScreen'),
    may: keepers,
  },
  {
    at: '/signals',
    name: 'signals',
    Screen: later(() => import('./signals/screen.tsx'), 'SignalsScreen'),
    may: ['townshipClerk', 'districtOfficer'],
    rail: { icon: 'door', key: 'x' },
  },
  {
    at: '/alerts',
    name: 'alerts',
    Screen: later(() => import('./alerts/screen.tsx'), 'AlertsScreen'),
    may: [...keepers, 'healthWorker'],
    rail: { icon: 'warning', key: 'l' },
  },
  {
    at: '/alerts/:alertId',
    name: 'alert',
    Screen: later(() => import('./alerts/one.tsx'), 'AlertScreen'),
    may: [...keepers, 'healthWorker'],
  },
  {
    at: '/network',
    name: 'network',
    Screen: later(() => import('./network/screen.tsx'), 'NetworkScreen'),
    may: ['townshipClerk', 'districtOfficer'],
    rail: { icon: 'pin', key: 'h' },
  },
  {
    at: '/entitlements',
    name: 'entitlements',
    Screen: later(() => import('./entitlements/screen.tsx'), 'EntitlementsScreen'),
    may: keepers,
    rail: { icon: 'question', key: 'e' },
  },
  {
    at: '/entitlements/:findingId',
    name: 'entitlements',
    Screen: later(() => import('./entitlements/one.tsx'), 'FindingScreen'),
    may: keepers,
  },
  {
    at: '/registry',
    name: 'registry',
    Screen: later(() => import('./registry/screen.tsx'), 'RegistryScreen'),
    may: casework,
    rail: { icon: 'people', key: 'r' },
  },
  {
    at: '/registry/new',
    name: 'registry',
    Screen: later(() => import('./household/new.tsx'), 'NewHouseholdScreen'),
    may: keepers,
  },
  {
    at: '/registry/:householdId',
    name: 'household',
    Screen: later(() => import('./household/screen.tsx'), 'HouseholdScreen'),
    may: ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'],
  },
  {
    at: '/registry/:householdId/whole',
    name: 'family',
    Screen: later(() => import('./family/screen.tsx'), 'FamilyScreen'),
    may: keepers,
  },
  {
    at: '/registry/:householdId/quarter',
    name: 'quarter',
    Screen: later(() => import('./family/sheet.tsx'), 'QuarterScreen'),
    may: keepers,
  },
  {
    at: '/pairs',
    name: 'pairs',
    Screen: later(() => import('./pairs/screen.tsx'), 'PairsScreen'),
    may: ['townshipClerk', 'districtOfficer'],
    rail: { icon: 'check', key: 'm' },
  },
  {
    at: '/leads',
    name: 'leads',
    Screen: later(() => import('./leads/screen.tsx'), 'LeadsScreen'),
    may: keepers,
    rail: { icon: 'search', key: 'f' },
  },
  {
    at: '/leads/:leadId',
    name: 'lead',
    Screen: later(() => import('./leads/one.tsx'), 'LeadScreen'),
    may: keepers,
  },
  {
    at: '/pairing',
    name: 'pairing',
    Screen: later(() => import('./pairing/screen.tsx'), 'PairingScreen'),
    may: ['helper'],
    rail: { icon: 'home', key: 'b' },
  },
  {
    at: '/needs',
    name: 'needs',
    Screen: later(() => import('./needs/screen.tsx'), 'NeedsScreen'),
    may: casework,
    rail: { icon: 'drop', key: 'o' },
  },
  {
    at: '/needs/:needId',
    name: 'need',
    Screen: later(() => import('./needs/one.tsx'), 'NeedScreen'),
    may: casework,
  },
  {
    at: '/needs/codes/:code',
    name: 'code',
    Screen: later(() => import('./needs/code-sheet.tsx'), 'CodeSheetScreen'),
    may: casework,
  },
  {
    at: '/orders',
    name: 'orders',
    Screen: later(() => import('./orders/screen.tsx'), 'OrdersScreen'),
    may: ['guide', 'townshipClerk', 'districtOfficer', 'operator', 'provider'],
    rail: { icon: 'home', key: 'g' },
  },
  {
    at: '/orders/:orderId',
    name: 'order',
    Screen: later(() => import('./orders/one.tsx'), 'OrderScreen'),
    may: ['guide', 'townshipClerk', 'districtOfficer', 'operator', 'provider'],
  },
  {
    at: '/wishes',
    name: 'wishes',
    Screen: later(() => import('./wishes/screen.tsx'), 'WishesScreen'),
    may: ['provider', 'helper'],
    rail: { icon: 'drop', key: 'v' },
  },
  {
    at: '/slips',
    name: 'slips',
    Screen: later(() => import('./slips/screen.tsx'), 'SlipsScreen'),
    may: [...keepers, 'bureauOfficer'],
    rail: { icon: 'out', key: 'z' },
  },
  {
    at: '/slips/:slipId',
    name: 'slip',
    Screen: later(() => import('./slips/one.tsx'), 'SlipScreen'),
    may: [...keepers, 'bureauOfficer'],
  },
  {
    at: '/projects',
    name: 'projects',
    Screen: later(() => import('./projects/screen.tsx'), 'ProjectsScreen'),
    may: [...casework, 'provider'],
    rail: { icon: 'hand', key: 'b' },
  },
  {
    at: '/projects/:projectId',
    name: 'project',
    Screen: later(() => import('./projects/one.tsx'), 'ProjectScreen'),
    may: [...casework, 'provider'],
  },
  {
    at: '/projects/:projectId/code',
    name: 'code',
    Screen: later(() => import('./projects/code-sheet.tsx'), 'ProjectCodeScreen'),
    may: [...casework, 'provider'],
  },
  {
    at: '/organisations',
    name: 'organisations',
    Screen: later(() => import('./organisations/screen.tsx'), 'OrganisationsScreen'),
    may: [...casework, 'auditor'],
    rail: { icon: 'people', key: 'q' },
  },
  {
    at: '/organisations/:organisationId',
    name: 'organisation',
    Screen: later(() => import('./organisations/one.tsx'), 'OrganisationScreen'),
    may: [...casework, 'auditor'],
  },
  {
    at: '/my-organisation',
    name: 'myOrganisation',
    Screen: later(() => import('./organisations/one.tsx'), 'MyOrganisationScreen'),
    may: ['provider'],
    rail: { icon: 'people', key: 'q' },
  },
  {
    at: '/policies',
    name: 'policies',
    Screen: later(() => import('./pools/policies.tsx'), 'PoliciesScreen'),
    may: everyone,
    rail: { icon: 'book', key: 'p' },
  },
  {
    at: '/policies/figures',
    name: 'parameters',
    Screen: later(() => import('./pools/parameters.tsx'), 'ParametersScreen'),
    may: everyone,
  },
  {
    at: '/policies/:policyId',
    name: 'policy',
    Screen: later(() => import('./pools/policy.tsx'), 'PolicyScreen'),
    may: everyone,
  },
  {
    at: '/workbench',
    name: 'workbench',
    Screen: later(() => import('./workbench/screen.tsx'), 'WorkbenchScreen'),
    may: ['districtOfficer'],
    rail: { icon: 'pen', key: 'w' },
  },
  {
    at: '/workbench/:kind/:ruleKey',
    name: 'rule',
    Screen: later(() => import('./workbench/rule.tsx'), 'RuleScreen'),
    may: ['districtOfficer'],
  },
  {
    at: '/simulation',
    name: 'simulation',
    Screen: later(() => import('./simulation/screen.tsx'), 'SimulationScreen'),
    may: ['districtOfficer'],
    rail: { icon: 'sliders', key: 'y' },
  },
  {
    at: '/services',
    name: 'services',
    Screen: later(() => import('./pools/services.tsx'), 'ServicesScreen'),
    may: everyone,
    rail: { icon: 'hand', key: 's' },
  },
  {
    at: '/services/:serviceId',
    name: 'service',
    Screen: later(() => import('./pools/services.tsx'), 'ServiceScreen'),
    may: everyone,
  },
  {
    at: '/facts',
    name: 'facts',
    Screen: later(() => import('./pools/facts.tsx'), 'FactsScreen'),
    may: everyone,
    rail: { icon: 'paper', key: 'd' },
  },
  {
    at: '/imports',
    name: 'imports',
    Screen: later(() => import('./imports/screen.tsx'), 'ImportsScreen'),
    may: ['townshipClerk', 'districtOfficer'],
    rail: { icon: 'table', key: 'i' },
  },
  {
    at: '/imports/:importId',
    name: 'import',
    Screen: later(() => import('./imports/one.tsx'), 'ImportScreen'),
    may: ['townshipClerk', 'districtOfficer'],
  },
  {
    at: '/deliveries',
    name: 'deliveries',
    Screen: later(() => import('./deliveries/screen.tsx'), 'DeliveriesScreen'),
    may: ['districtOfficer', 'auditor'],
    rail: { icon: 'tray', key: 'n' },
  },
  {
    at: '/deliveries/:deliveryId',
    name: 'delivery',
    Screen: later(() => import('./deliveries/one.tsx'), 'DeliveryScreen'),
    may: ['districtOfficer', 'auditor'],
  },
  {
    at: '/sender-keys',
    name: 'senderKeys',
    Screen: later(() => import('./sender-keys/screen.tsx'), 'SenderKeysScreen'),
    may: ['admin'],
    rail: { icon: 'out', key: 'k' },
  },
  {
    at: '/webhooks',
    name: 'webhooks',
    Screen: later(() => import('./webhooks/screen.tsx'), 'WebhooksScreen'),
    may: ['admin'],
    rail: { icon: 'speak', key: 'h' },
  },
  {
    at: '/webhooks/:subscriptionId',
    name: 'webhook',
    Screen: later(() => import('./webhooks/one.tsx'), 'WebhookScreen'),
    may: ['admin'],
  },
  {
    at: '/partners',
    name: 'partners',
    Screen: later(() => import('./partners/screen.tsx'), 'PartnersScreen'),
    may: ['admin'],
    rail: { icon: 'door', key: 'y' },
  },
  {
    at: '/partners/:partnerId',
    name: 'partner',
    Screen: later(() => import('./partners/one.tsx'), 'PartnerScreen'),
    may: ['admin'],
  },
  {
    at: '/province',
    name: 'province',
    Screen: later(() => import('./province/screen.tsx'), 'ProvinceScreen'),
    may: ['townshipClerk', 'districtOfficer'],
    rail: { icon: 'next', key: 'k' },
  },
  {
    at: '/phones',
    name: 'phones',
    Screen: later(() => import('./phones/screen.tsx'), 'PhonesScreen'),
    may: ['townshipClerk', 'districtOfficer', 'admin'],
    rail: { icon: 'phone', key: 'j' },
  },
  {
    at: '/accounts',
    name: 'accounts',
    Screen: later(() => import('./accounts/screen.tsx'), 'AccountsScreen'),
    may: ['admin'],
    rail: { icon: 'person', key: 'u' },
  },
  {
    at: '/accounts/:accountId',
    name: 'accounts',
    Screen: later(() => import('./accounts/one.tsx'), 'AccountScreen'),
    may: ['admin'],
  },
  {
    at: '/audit',
    name: 'audit',
    Screen: later(() => import('./audit/screen.tsx'), 'AuditScreen'),
    may: ['auditor', 'admin'],
    rail: { icon: 'shield', key: 'a' },
  },
  {
    at: '/minors-year',
    name: 'minorsYear',
    Screen: later(() => import('./minors-year/screen.tsx'), 'MinorsYearScreen'),
    may: ['districtOfficer', 'auditor'],
  },
  {
    at: '/track-check',
    name: 'trackCheck',
    Screen: later(() => import('./track-check/screen.tsx'), 'TrackCheckScreen'),
    may: ['districtOfficer', 'auditor', 'admin'],
    rail: { icon: 'check', key: 'v' },
  },
]
