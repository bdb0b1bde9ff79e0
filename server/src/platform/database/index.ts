export { openDatabase, type Database, type ServerFacts } from './open.ts'
export { migrate, migrationState } from './migrate.ts'
