import type { Job } from '../../platform/module.ts'

export const doorsJobs: readonly Job[] = []
