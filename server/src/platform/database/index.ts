export { openDatabase, type Database, type ServerFacts } from './open.ts'
export { migrate, migrationState, migrationsFolder, readMigrations } from './migrate.ts'
export { kyselyOn } from './kysely-on.ts'
