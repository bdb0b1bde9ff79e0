import type { Job } from '../../platform/module.ts'
import { sendMessages } from './outbox/send.ts'
import { say } from './say.ts'
import { forgetMessages } from './webhooks/messages.ts'

export const doorsJobs: readonly Job[] = [
  { name: 'doors.say', do: say },
  // By the clock as well, should a wake have been lost.
  { name: 'doors.send', cron: '*/10 * * * *', do: sendMessages },
  { name: 'doors.forget', cron: '40 3 * * *', do: forgetMessages },
]
