import { routes } from '../../platform/route.ts'
import { doorsContract } from './contract.ts'
import { dciEntries } from './dci/routes.ts'
import { hsdsEntries } from './hsds/routes.ts'
import { keptEntries } from './kept/routes.ts'
import { provinceEntries } from './province/routes.ts'
import { webhookEntries } from './webhooks/routes.ts'

export const doorsRoutes = routes(doorsContract, {
  ...webhookEntries,
  ...provinceEntries,
  ...hsdsEntries,
  ...dciEntries,
  ...keptEntries,
})
