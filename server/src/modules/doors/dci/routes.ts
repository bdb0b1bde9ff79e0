import type { RouteTable } from '../../../platform/route.ts'
import { bringAgain } from './bring-again.ts'
import type { dciContract } from './contract.ts'
import { searchLater, searchNow } from './exchange.ts'
import { publishKeys } from './own-key.ts'
import { addPartner, endPartner, giveToken, listPartners, renewSecret } from './partners.ts'
import { listExchanges } from './read-exchanges.ts'
import { statusLater, statusNow } from './status.ts'
import { subscribeLater, unsubscribeLater } from './subscribe.ts'

/** Who asks is known by a token of the partner's, not by a session. */
const byToken = { may: 'anyone', purpose: 'registry' } as const
const keepers = { may: ['admin'], purpose: 'operation' } as const

export const dciEntries: RouteTable<typeof dciContract> = {
  'POST /dci/oauth2/client/token': {
    ...byToken,
    audit: { action: 'doors.giveToken', zh: '合作系统领取了令牌', en: 'a partner got a token' },
    do: giveToken,
  },
  'GET /dci/.well-known/jwks.json': { may: 'anyone', purpose: 'operation', audit: 'notPersonal', do: publishKeys },
  'POST /dci/registry/sync/search': {
    ...byToken,
    audit: { action: 'doors.search', zh: '合作系统查询了数据库', en: 'a partner searched the registry' },
    do: searchNow,
  },
  'POST /dci/registry/search': {
    ...byToken,
    audit: { action: 'doors.search', zh: '合作系统查询了数据库', en: 'a partner searched the registry' },
    do: searchLater,
  },
  'POST /dci/registry/sync/txn/status': {
    ...byToken,
    audit: {
      action: 'doors.searchStatus',
      zh: '合作系统问了查询的进展',
      en: 'a partner asked what became of a search',
    },
    do: statusNow,
  },
  'POST /dci/registry/txn/status': {
    ...byToken,
    audit: {
      action: 'doors.searchStatus',
      zh: '合作系统问了查询的进展',
      en: 'a partner asked what became of a search',
    },
    do: statusLater,
  },
  'POST /dci/registry/subscribe': {
    ...byToken,
    audit: {
      action: 'doors.subscribe',
      zh: '合作系统订阅了新登记的家庭',
      en: 'a partner subscribed to households that are registered',
    },
    do: subscribeLater,
  },
  'POST /dci/registry/unsubscribe': {
    ...byToken,
    audit: { action: 'doors.unsubscribe', zh: '合作系统退订', en: 'a partner ended a subscription' },
    do: unsubscribeLater,
  },
  'GET /partners': { ...keepers, audit: 'notPersonal', do: listPartners },
  'GET /partners/:partnerId/exchanges': { ...keepers, audit: 'notPersonal', do: listExchanges },
  'POST /partners/:partnerId/exchanges/:exchangeId/again': {
    ...keepers,
    audit: { action: 'doors.bringAgain', zh: '把没送到的通知再送一次', en: 'sent a notice again that had not arrived' },
    do: bringAgain,
  },
  'POST /partners': {
    ...keepers,
    freshProof: true,
    audit: { action: 'doors.addPartner', zh: '允许一个合作系统查询数据库', en: 'let a partner search the registry' },
    do: addPartner,
  },
  'POST /partners/:partnerId/secret': {
    ...keepers,
    freshProof: true,
    audit: { action: 'doors.renewSecret', zh: '给合作系统换了密钥', en: 'gave a partner a new secret' },
    do: renewSecret,
  },
  'POST /partners/:partnerId/end': {
    ...keepers,
    audit: { action: 'doors.endPartner', zh: '停用了一个合作系统', en: 'ended a partner' },
    do: endPartner,
  },
}
