import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'

/** The number under which residents reach a guide at work. */
const column = 'identity.account.workPhone'

export const sealPhone = (ctx: Ctx, account: Id, phone: string): Buffer => ctx.crypto.seal(column, account, phone)
export const openPhone = (ctx: Ctx, account: Id, sealed: Buffer | null): string | null =>
  sealed ? ctx.crypto.open(column, account, sealed) : null
