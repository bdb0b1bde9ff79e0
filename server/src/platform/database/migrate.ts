import type { Database } from './open.ts'
export interface Migrated {
  readonly applied: readonly string[]
  readonly version: string
}
/** Brings the schema up to the newest file of `server/migrations`. Two processes take turns. */
export declare function migrate(database: Pick<Database, 'owner'>, folder?: string): Promise<Migrated>
