import type { Job } from '../../platform/module.ts'
import { bringAnswer, forgetExchanges } from './dci/bring-answer.ts'
import { notify, notifyPartners } from './dci/notify.ts'
import { forgetTokens } from './dci/partners.ts'
import { sendMessages } from './outbox/send.ts'
import { pull } from './province/pull.ts'
import { forgetSetAside } from './province/quarantine.ts'
import { forgetNonces } from './province/take-signed.ts'
import { say } from './say.ts'
import { forgetMessages } from './webhooks/messages.ts'

export const doorsJobs: readonly Job[] = [
  { name: 'doors.say', do: say },
  // By the clock as well, should a wake have been lost.
  { name: 'doors.send', cron: '*/10 * * * *', do: sendMessages },
  { name: 'doors.pull', cron: '5/10 * * * *', do: pull },
  {
    name: 'doors.forget',
    cron: '40 3 * * *',
    do: async ctx => {
      await forgetMessages(ctx)
      await forgetSetAside(ctx)
      await forgetNonces(ctx)
    },
  },
  { name: 'doors.bringAnswer', do: bringAnswer },
  { name: 'doors.notifyPartners', cron: '8/10 * * * *', do: notifyPartners },
  { name: 'doors.notify', do: notify },
  {
    name: 'doors.forgetSearches',
    cron: '50 3 * * *',
    do: async ctx => {
      await forgetExchanges(ctx)
      await forgetTokens(ctx)
    },
  },
]
