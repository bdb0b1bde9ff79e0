import { generateKeyPairSync } from 'node:crypto'
import { newId } from '@zhulian/kernel'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type OwnKey, thumbprintOf } from './signature.ts'
import { dci, type PublicJwk } from './tables.ts'

const column = 'doors.dci_key.private'

const keysOf = (machine: Ctx) =>
  dci(machine)
    .selectFrom('doors.dci_key')
    .selectAll()
    .where('district', '=', machine.district)
    .orderBy('id', 'desc')
    .execute()

/** Made with the first partner. */
export async function ensureOwnKey(machine: Ctx): Promise<void> {
  if ((await keysOf(machine)).length > 0) return
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = newId(machine.now.getTime())
  const bare = publicKey.export({ format: 'jwk' }) as Record<string, string>
  const jwk: PublicJwk = {
    crv: bare['crv'] ?? '',
    x: bare['x'] ?? '',
    kty: 'OKP',
    kid: thumbprintOf(bare),
    use: 'sig',
    alg: 'EdDSA',
  }
  await dci(machine)
    .insertInto('doors.dci_key')
    .values({
      district: machine.district,
      id,
      jwk: JSON.stringify(jwk) as never,
      sealed_private: machine.crypto.seal(column, id, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
      made_at: machine.now,
    })
    .execute()
}

/** The newest; there is one since there was a partner. */
export async function ownKey(machine: Ctx): Promise<OwnKey> {
  const [row] = await keysOf(machine)
  if (!row) throw new Error('there is a partner and no key of ours')
  return { kid: row.jwk.kid, privatePem: machine.crypto.open(column, row.id, row.sealed_private) }
}

export const publishKeys = (ctx: Ctx) =>
  asMachine(ctx, async machine => ({ keys: (await keysOf(machine)).map(row => row.jwk as never) }))
