import type { Database } from './database/index.ts'
import type { Keyring } from './keyring.ts'
import { SetupProblem } from './setup-problem.ts'

/**
 * Makes sure that the key file at hand is the one the database was sealed with, before anything is sealed with another.
 * The first start writes down the fingerprints of its keys, later ones those of new keys.
 * @throws SetupProblem when a key is missing or is not the same
 */
export async function checkKeys(database: Pick<Database, 'app'>, keyring: Keyring, at: Date): Promise<void> {
  const known = await compareKeys(database, keyring)
  for (const [name, fingerprint] of keyring.fingerprints) {
    if (known.includes(name)) continue
    await database.app.query(
      'insert into platform.key_fingerprint (name, fingerprint, at) values ($1, $2, $3) on conflict do nothing',
      [name, fingerprint, at],
    )
  }
}

/** As {@link checkKeys}, and writes nothing. @returns names of the keys the database knows */
export async function compareKeys(database: Pick<Database, 'app'>, keyring: Keyring): Promise<string[]> {
  const { rows } = await database.app.query<{ name: string; fingerprint: string }>(
    'select name, fingerprint from platform.key_fingerprint',
  )
  const foreign = rows.filter(row => keyring.fingerprints.get(row.name) !== row.fingerprint)
  if (foreign.length === 0) return rows.map(row => row.name)
  const names = foreign.map(row => row.name).join(', ')
  throw new SetupProblem({
    zh: `密钥文件与数据库不符（${names}）：用它打不开已加密的内容。请从备份恢复原来的密钥文件，或用 ZHULIAN_KEYS 指定。`,
    en: `The key file does not belong to this database (${names}) and cannot open what is sealed in it. Restore the key file from its backup, or name it with ZHULIAN_KEYS.`,
  })
}
