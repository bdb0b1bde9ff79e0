import type { Result } from '../../platform/api.ts'

export type Whole = Result<'GET /households/:householdId/whole'>
export type Mark = Whole['lanes'][number]['items'][number]
type Target = NonNullable<Mark['to']>

const screens = { need: '/needs', alert: '/alerts', slip: '/slips', finding: '/entitlements' } as const

/** Where something of a family comes from: a page of its own, or a part of the family's. */
export const placeOf = (to: Target, household: string): { readonly to: string; readonly hash?: string } =>
  to.screen in screens && to.id !== null
    ? { to: `${screens[to.screen as keyof typeof screens]}/${to.id}` }
    : { to: `/registry/${household}`, hash: to.screen }
