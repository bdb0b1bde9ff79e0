/**
 * Whether this run is the second one, on the oldest PostgreSQL the platform takes: whatever a version of PostgreSQL can change is asked
 * of both; what is the same code either way, and only has many cases, has fewer there (docs/decisions/0051).
 */
export const again = process.env['ZHULIAN_PG'] === 'system'
