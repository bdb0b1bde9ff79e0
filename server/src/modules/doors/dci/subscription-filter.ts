import type { SubscribeItem } from './envelope.ts'

export const filterColumn = 'doors.dci_subscription.filter'

/** The condition of a subscription as it lies sealed: what is searched by, word for word. */
export interface KeptFilter {
  readonly type: string
  readonly filter: SubscribeItem['subscribe_criteria']['filter']
}
