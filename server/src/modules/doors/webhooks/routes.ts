import type { RouteTable } from '../../../platform/route.ts'
import type { webhooksContract } from './contract.ts'
import { listMessages, replay } from './messages.ts'
import {
  addSubscription,
  changeSubscription,
  endSubscription,
  listSubscriptions,
  pauseSubscription,
  resumeSubscription,
  rotateSecret,
  tryOut,
} from './subscriptions.ts'

const keepers = { may: ['admin'], purpose: 'operation' } as const
/** Who points messages elsewhere, or makes a secret, proves again who they are. */
const proved = { ...keepers, freshProof: true } as const

export const webhookEntries: RouteTable<typeof webhooksContract> = {
  'GET /webhooks': { ...keepers, audit: 'notPersonal', do: listSubscriptions },
  'POST /webhooks': {
    ...proved,
    audit: { action: 'doors.addSubscription', zh: '订阅了对外消息', en: 'let another system be told' },
    do: addSubscription,
  },
  'PUT /webhooks/:subscriptionId': {
    ...proved,
    audit: { action: 'doors.changeSubscription', zh: '改了对外消息的订阅', en: 'changed what another system is told' },
    do: changeSubscription,
  },
  'POST /webhooks/:subscriptionId/pause': {
    ...keepers,
    audit: { action: 'doors.pause', zh: '暂停了对外消息', en: 'paused telling another system' },
    do: pauseSubscription,
  },
  'POST /webhooks/:subscriptionId/resume': {
    ...keepers,
    audit: { action: 'doors.resume', zh: '恢复了对外消息', en: 'took up telling another system again' },
    do: resumeSubscription,
  },
  'POST /webhooks/:subscriptionId/rotate': {
    ...proved,
    audit: { action: 'doors.rotate', zh: '更换了对外消息的密钥', en: 'rotated the secret of another system' },
    do: rotateSecret,
  },
  'POST /webhooks/:subscriptionId/end': {
    ...proved,
    audit: { action: 'doors.end', zh: '停用了对外消息的订阅', en: 'ended telling another system' },
    do: endSubscription,
  },
  'POST /webhooks/:subscriptionId/trial': {
    ...keepers,
    audit: { action: 'doors.tryOut', zh: '试发了一条对外消息', en: 'sent another system a trial' },
    do: tryOut,
  },
  'GET /webhooks/:subscriptionId/messages': { ...keepers, audit: 'notPersonal', do: listMessages },
  'POST /webhooks/:subscriptionId/replay': {
    ...keepers,
    audit: { action: 'doors.replay', zh: '重发了对外消息', en: 'sent messages to another system again' },
    do: replay,
  },
}
