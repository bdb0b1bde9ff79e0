import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { openSealed } from '../../platform/open-sealed.ts'

/** The number under which residents reach a guide at work. */
const column = 'identity.account.workPhone'

export const sealPhone = (ctx: Ctx, account: Id, phone: string): Buffer => ctx.crypto.seal(column, account, phone)
export const openPhone = (ctx: Ctx, account: Id, sealed: Buffer | null): string | null =>
  sealed ? readable(openSealed(ctx, column, account, sealed)) : null

/** One that cannot be opened is none: who has it signs in, and is listed with the others. */
const readable = ({ text, isBroken }: ReturnType<typeof openSealed>): string | null => (isBroken ? null : text)
