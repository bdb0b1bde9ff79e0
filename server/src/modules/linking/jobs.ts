import type { Job } from '../../platform/module.ts'
import { followNeed } from './declined.ts'

export const linkingJobs: readonly Job[] = [{ name: 'linking.followNeed', do: followNeed }]
