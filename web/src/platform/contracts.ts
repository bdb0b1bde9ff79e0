import type { guidanceContract } from '@zhulian/server/guidance/contract'
import type { outreachContract } from '@zhulian/server/outreach/contract'
import type { poolsContract } from '@zhulian/server/pools/contract'

/** Every module's contract, as types only: no schema reaches the browser. */
export type Contracts = typeof guidanceContract & typeof outreachContract & typeof poolsContract
