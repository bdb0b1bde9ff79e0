export { openDatabase, type Database } from './open.ts'
export { migrate } from './migrate.ts'
export { kyselyOn } from './kysely-on.ts'
