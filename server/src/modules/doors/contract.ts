import { dciContract } from './dci/contract.ts'
import { hsdsContract } from './hsds/contract.ts'
import { keptContract } from './kept/contract.ts'
import { provinceContract } from './province/contract.ts'
import { webhooksContract } from './webhooks/contract.ts'

/** What other systems and the administrator who lets them in may ask: one contract a door, in its own folder. */
export const doorsContract = {
  ...webhooksContract,
  ...provinceContract,
  ...hsdsContract,
  ...dciContract,
  ...keptContract,
}
