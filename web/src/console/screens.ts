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
const everyone: readonly Role[] = [...casework, 'provider', 'auditor', 'admin']

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
    at: '/policies',
    name: 'policies',
    Screen: later(() => import('./pools/policies.tsx'), 'PoliciesScreen'),
    may: everyone,
    rail: { icon: 'book', key: 'p' },
  },
  {
    at: '/policies/:policyId',
    name: 'policy',
    Screen: later(() => import('./pools/policy.tsx'), 'PolicyScreen'),
    may: everyone,
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
]
