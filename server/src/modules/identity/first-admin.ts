import { newId } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { addCredential, hasAdmin } from './accounts.ts'
import { addAccount } from './add-account.ts'
import { alreadySetUp } from './contract.ts'

/**
 * The first account of a new installation, made from the command line by whoever runs it. Until then nobody can sign in.
 * @returns the code with which the person chooses a password; shown once
 * @throws alreadySetUp when there is an administrator
 */
export async function createFirstAdmin(
  ctx: Ctx,
  { name, signInName }: { readonly name: string; readonly signInName: string },
): Promise<{ readonly setUpCode: string; readonly validUntil: string }> {
  if (await hasAdmin(ctx)) throw alreadySetUp()
  const id = newId(ctx.now.getTime())
  const until = new Date(ctx.now.getTime() + 366 * 86_400_000)
  await addAccount(ctx, { id, kind: 'staff', name, grants: [{ role: 'admin', scope: ctx.district as never, until }] })
  return addCredential(ctx, id, signInName)
}
