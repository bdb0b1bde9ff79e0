import type { Job } from '../../platform/module.ts'
import { anchorTrack } from './check-chains.ts'
import { followMerge } from './follow-merge.ts'
import { prove, proveNightly } from './proofs.ts'

export const trackJobs: readonly Job[] = [
  { name: 'track.followMerge', do: followMerge },
  { name: 'track.anchor', cron: '50 2 * * *', do: anchorTrack },
  { name: 'track.proveNightly', cron: '20 3 * * *', do: proveNightly },
  prove,
]
