import type { Words } from '@zhulian/kernel'

/** What other systems may be told of. A message carries the kind, an id, and states by their names: who may know more asks for it. */
export const webhookKinds = {
  'need.told': { zh: '有人提了需求', en: 'A need was told' },
  'need.moved': { zh: '需求往前走了一步', en: 'A need moved on' },
  'need.closed': { zh: '需求办结或撤回', en: 'A need was closed or taken back' },
  'wish.published': { zh: '公开了心愿', en: 'A wish was published' },
  'wish.claimed': { zh: '心愿被认领', en: 'A wish was taken' },
  'wish.reopened': { zh: '心愿放回了心愿池', en: 'A wish is open again' },
  'wish.ended': { zh: '心愿实现、到期或撤下', en: 'A wish came true, ran out or was taken down' },
  'order.sent': { zh: '派出了服务工单', en: 'A work order was sent' },
  'order.moved': { zh: '工单往前走了一步', en: 'A work order moved on' },
  'order.closed': { zh: '工单核对完、接不了或取消', en: 'A work order was checked, declined or called off' },
  'project.called': { zh: '项目公开征集承接方', en: 'A project calls for who carries it' },
  'project.moved': { zh: '项目往前走了一步', en: 'A project moved on' },
  'project.closed': { zh: '项目归档或不做了', en: 'A project was archived or dropped' },
} as const satisfies Record<string, Words>

export type WebhookKind = keyof typeof webhookKinds
export const webhookKindNames = Object.keys(webhookKinds) as [WebhookKind, ...WebhookKind[]]

/** Beside those: a trial, and to the province what became of what it sent. */
export type MessageKind = WebhookKind | 'doors.trial' | 'province.result'

export const kindWords: Readonly<Record<MessageKind, Words>> = {
  ...webhookKinds,
  'doors.trial': { zh: '试发', en: 'A trial' },
  'province.result': { zh: '办理结果', en: 'What became of it' },
}

export const isWebhookKind = (kind: string): kind is WebhookKind => kind in webhookKinds
