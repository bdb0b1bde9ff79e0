import { divisionRange, isDivisionCode, isId } from '@zhulian/kernel'
import type pg from 'pg'
import type { Actor } from './actor.ts'
import type { OpenTransaction } from './ctx.ts'
import { kyselyOn } from './database/kysely-on.ts'
import type { Database } from './database/index.ts'

/** What row-level security is told of who asks. */
export type Scope = Pick<Actor, 'account' | 'role' | 'district' | 'scope' | 'organisation' | 'household'>

export interface TransactionOptions {
  readonly readOnly?: boolean
  /** Nothing can be written until `reading` is released. */
  readonly reading?: boolean
  /** For jobs: a statement may take ten minutes instead of fifteen seconds. */
  readonly patient?: boolean
}

/**
 * Runs `work` as one transaction of the request role, with row-level security set to the scope, and commits. When the
 * database asks for it (serialisation failure, deadlock) everything is rolled back and `work` runs once more, so it must
 * not touch anything but the transaction.
 */
export async function inTransaction<T>(
  database: Pick<Database, 'app'>,
  scope: Scope,
  options: TransactionOptions,
  work: (transaction: OpenTransaction, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const opening = openingOf(scope, options)
  for (let again = true; ; again = false) {
    try {
      return await once(database, opening, work)
    } catch (error) {
      if (!again || !wantsAnotherTry(error)) throw error
    }
  }
}

/**
 * One statement without parameters as a read-only transaction of its own, all in one message: what every request asks before
 * anything else. Beginning, asking and committing one after another is three messages, and each costs as much as the question.
 * @param statement ours in every letter, but for {@link literal}s; it may stand in the log of the database, so none of a person
 */
export async function askAtOnce<Row>(
  database: Pick<Database, 'app'>,
  scope: Scope,
  statement: string,
): Promise<readonly Row[]> {
  // Several statements have several results. Where one fails, those after it are not run and the pool drops the connection.
  const results = (await database.app.query(
    `${openingOf(scope, { readOnly: true })}; ${statement}; commit`,
  )) as unknown as readonly { readonly rows: readonly Row[] }[]
  return results.at(-2)?.rows ?? []
}

async function once<T>(
  database: Pick<Database, 'app'>,
  opening: string,
  work: (t: OpenTransaction, c: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.app.connect()
  let broken: Error | undefined
  try {
    await client.query(opening)
    const result = await work(kyselyOn(client), client)
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
    const { command } = await client.query('commit').catch((error: unknown) => {
      broken = error as Error
      throw error
    })
    if (command !== 'COMMIT')
      throw new Error('an error of the database was swallowed inside the transaction: nothing was saved')
    return result
  } catch (error) {
    if (!broken) {
      await client.query('rollback').catch((failed: unknown) => {
        broken = failed as Error
      })
    }
    throw error
  } finally {
    // A connection whose state is not known never goes back to the others.
    client.release(broken)
  }
}

/** One message instead of eight: 0.09 ms. The settings end with the transaction. */
function openingOf(scope: Scope, { readOnly = false, reading = false, patient = false }: TransactionOptions): string {
  const range = scope.scope === undefined ? undefined : divisionRange(scope.scope)
  const settings = {
    district: literal(scope.district, /^\d{6}$/),
    lo: literal(range?.lo ?? '', /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?$/),
    hi: literal(range?.hi ?? '', /^((\d{2}|\d{4}|\d{6}|\d{9}|\d{12}):)?$/),
    actor: literal(scope.account, isId),
    role: literal(scope.role, /^[a-zA-Z]{1,20}$/),
    organisation: literal(scope.organisation ?? '', text => text === '' || isId(text)),
    household: literal(scope.household ?? '', text => text === '' || isId(text)),
  }
  if (scope.scope !== undefined && (!isDivisionCode(scope.scope) || !scope.scope.startsWith(scope.district))) {
    throw new RangeError(`a scope outside the district: ${scope.scope}`)
  }
  const set = Object.entries(settings).map(([name, value]) => `set local app.${name} = '${value}'`)
  const patience = patient
    ? [`set local statement_timeout = '10min'`, `set local idle_in_transaction_session_timeout = '10min'`]
    : []
  const closed = reading ? ['savepoint reading', 'set transaction read only'] : []
  return [`begin${readOnly ? ' read only' : ''}`, ...set, ...patience, ...closed].join('; ')
}

/** SET LOCAL takes no parameters, so only texts that cannot be anything but a value may pass. */
export function literal(text: string, allowed: RegExp | ((text: string) => boolean)): string {
  if (!(allowed instanceof RegExp ? allowed.test(text) : allowed(text)))
    throw new RangeError('not a value that may stand in a statement')
  return text
}

const wantsAnotherTry = (error: unknown) =>
  ['40001', '40P01'].includes(String((error as { code?: unknown } | null)?.code))
