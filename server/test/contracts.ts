import type { auditContract } from '../src/modules/audit/contract.ts'
import type { identityContract } from '../src/modules/identity/contract.ts'

/** What the driver knows the answers of, as types; a module adds its line. */
export type Contracts = typeof identityContract & typeof auditContract
