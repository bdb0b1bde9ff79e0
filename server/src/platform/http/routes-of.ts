import type { Endpoint, Method } from '@zhulian/kernel/contract'
import type { Module } from '../module.ts'
import type { AnyRouteEntry } from '../route.ts'
import { strict } from './strict.ts'

/** One route, ready to be asked. */
export interface Route {
  /** `POST /wishes/:wishId/claim`, as in the contract. */
  readonly key: string
  readonly module: string
  readonly method: Method
  /** Under `/api`. */
  readonly path: string
  readonly endpoint: Endpoint
  readonly entry: AnyRouteEntry
  readonly writes: boolean
}

/** @throws Error when two modules claim one address, or a route has no endpoint */
export function routesOf(modules: readonly Module[]): Route[] {
  const found = new Map<string, Route>()
  for (const { name, routes } of modules) {
    for (const [key, entry] of Object.entries(routes.entries)) {
      const endpoint = routes.contract[key as keyof typeof routes.contract]
      if (!endpoint) throw new Error(`${name}: the route ${key} is not in the contract`)
      if (found.has(key)) throw new Error(`${name}: the route ${key} belongs to ${found.get(key)?.module}`)
      const [method, path] = key.split(' ') as [Method, string]
      found.set(key, {
        key,
        module: name,
        method,
        path: `/api${path}`,
        endpoint: strictly(endpoint),
        entry,
        writes: method !== 'GET',
      })
    }
  }
  return [...found.values()]
}

const strictly = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  ...(endpoint.params ? { params: strict(endpoint.params) } : {}),
  ...(endpoint.query ? { query: strict(endpoint.query) } : {}),
  ...(endpoint.body ? { body: strict(endpoint.body) } : {}),
})
