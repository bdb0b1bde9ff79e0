import { routes } from '../../platform/route.ts'
import { doorsContract } from './contract.ts'

export const doorsRoutes = routes(doorsContract, {})
