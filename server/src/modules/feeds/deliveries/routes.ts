import type { RouteTable } from '../../../platform/route.ts'
import type { deliveriesContract } from './contract.ts'
import type { sendingContract } from './sending-contract.ts'
import { addKey, endKey, listKeys, rotateKey } from './sender-keys.ts'
import { takeSigned } from './take-signed.ts'
import { cancelDelivery, undoDelivery } from './end-delivery.ts'
import { getDelivery, listDeliveries, listFeeds, listRows } from './list-deliveries.ts'
import { mendRow, rerunDelivery, sayWho } from './mend.ts'
import { confirmDelivery, refuseDelivery, releaseDelivery, takeBackRelease } from './release.ts'
import { takeUpload } from './take-delivery.ts'

/** Files of bureaus are the district's; an auditor reads the accounts of them and no row. */
const officers = { may: ['districtOfficer'], purpose: 'import' } as const
const readers = { may: ['districtOfficer', 'auditor'], purpose: 'import' } as const

export const deliveryEntries: RouteTable<typeof deliveriesContract> = {
  'GET /feeds': { ...readers, audit: 'notPersonal', do: listFeeds },
  'GET /deliveries': { ...readers, audit: 'notPersonal', do: listDeliveries },
  'POST /deliveries': {
    ...officers,
    audit: { action: 'feeds.takeDelivery', zh: '收下了一份部门数据', en: 'took in a delivery of a bureau' },
    do: takeUpload,
  },
  'GET /deliveries/:deliveryId': { ...readers, audit: 'notPersonal', do: getDelivery },
  'GET /deliveries/:deliveryId/rows': {
    ...officers,
    audit: { action: 'feeds.readRows', zh: '看了部门数据的行', en: 'looked at rows of a delivery' },
    do: listRows,
  },
  'PUT /deliveries/:deliveryId/rows/:rowNo': {
    ...officers,
    audit: { action: 'feeds.mendRow', zh: '改了部门数据的一行', en: 'mended a row of a delivery' },
    do: mendRow,
  },
  'POST /deliveries/:deliveryId/rows/:rowNo/who': {
    ...officers,
    audit: { action: 'feeds.sayWho', zh: '认定了一行指的是谁', en: 'said whom a row of a delivery means' },
    do: sayWho,
  },
  'POST /deliveries/:deliveryId/rerun': {
    ...officers,
    audit: { action: 'feeds.rerunDelivery', zh: '重新读了隔离的行', en: 'read quarantined rows again' },
    do: rerunDelivery,
  },
  'POST /deliveries/:deliveryId/release': {
    ...officers,
    audit: { action: 'feeds.releaseDelivery', zh: '放行了一份部门数据', en: 'released a delivery' },
    do: releaseDelivery,
  },
  'POST /deliveries/:deliveryId/confirm': {
    ...officers,
    audit: {
      action: 'feeds.confirmDelivery',
      zh: '作为第二个人确认了一份部门数据',
      en: 'confirmed a delivery as the second person',
    },
    do: confirmDelivery,
  },
  'POST /deliveries/:deliveryId/refuse': {
    ...officers,
    audit: {
      action: 'feeds.refuseDelivery',
      zh: '作为第二个人没有同意一份部门数据',
      en: 'refused a delivery as the second person',
    },
    do: refuseDelivery,
  },
  'POST /deliveries/:deliveryId/take-back': {
    ...officers,
    audit: { action: 'feeds.takeBackRelease', zh: '收回了放行', en: 'took the release of a delivery back' },
    do: takeBackRelease,
  },
  'POST /deliveries/:deliveryId/undo': {
    ...officers,
    audit: { action: 'feeds.undoDelivery', zh: '撤销了一份部门数据', en: 'undid a delivery' },
    do: undoDelivery,
  },
  'POST /deliveries/:deliveryId/cancel': {
    ...officers,
    audit: { action: 'feeds.cancelDelivery', zh: '取消了一份部门数据', en: 'cancelled a delivery' },
    do: cancelDelivery,
  },
}

const keepers = { may: ['admin'], purpose: 'operation' } as const

export const sendingEntries: RouteTable<typeof sendingContract> = {
  'POST /deliveries/signed/:source': {
    may: 'anyone',
    purpose: 'import',
    audit: { action: 'feeds.sendDelivery', zh: '部门系统送来了一份数据', en: 'a machine of a bureau sent a delivery' },
    do: takeSigned,
  },
  'GET /sender-keys': { ...keepers, audit: 'notPersonal', do: listKeys },
  'POST /sender-keys': {
    ...keepers,
    freshProof: true,
    audit: { action: 'feeds.addKey', zh: '做了一把报送密钥', en: 'made a key for a sender' },
    do: addKey,
  },
  'POST /sender-keys/:keyId/rotate': {
    ...keepers,
    freshProof: true,
    audit: { action: 'feeds.rotateKey', zh: '更换了一把报送密钥', en: 'rotated the key of a sender' },
    do: rotateKey,
  },
  'POST /sender-keys/:keyId/end': {
    ...keepers,
    freshProof: true,
    audit: { action: 'feeds.endKey', zh: '停用了一把报送密钥', en: 'ended the key of a sender' },
    do: endKey,
  },
}
