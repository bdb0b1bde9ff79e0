import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { addAccount } from './add-account.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import type { identityContract } from './contract.ts'
import { comeIn } from './sign-in.ts'

/** A resident nobody knows yet: an account without a name, good on this one browser. */
export async function beginAsVisitor(
  ctx: Ctx,
  { body, cookie }: InputOf<(typeof identityContract)['POST /visitors']> & RequestEdges,
) {
  if (body.village && (body.village.length !== 12 || !body.village.startsWith(ctx.district))) throw notUnderstood()
  return asDoorkeeper(ctx, async () => {
    const account = newId(ctx.now.getTime())
    const [grant] = await addAccount(ctx, {
      id: account,
      kind: 'resident',
      name: '',
      village: body.village,
      grants: [{ role: 'resident' }],
    })
    ctx.about({ kind: 'account', id: account })
    if (!grant) throw new Error('a visitor without a grant')
    return comeIn(ctx, account, { id: grant, role: 'resident' }, cookie, false)
  })
}
