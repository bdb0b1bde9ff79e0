import type { RouteTable } from '../../../platform/route.ts'
import { endVetting, listAdults, vetAdult } from './adults.ts'
import { addClass, certify, giveSeat, listClasses, noteAttendance } from './classes.ts'
import type { ordersContract } from './contract.ts'
import { addEvidence, readEvidence } from './evidence.ts'
import { addDevice, lend, listDevicesLent, returnDevice } from './lending.ts'
import { moveOrder, renewCode } from './move-order.ts'
import { lookAtVisit, noteOrderVisit } from './note-visit.ts'
import { checkPlacement, notePlacement } from './placements.ts'
import { getOrder, listMyOrders, listOrders } from './read-orders.ts'
import type { recordsContract } from './records-contract.ts'
import { sendOrder } from './send-order.ts'
import { noteWorkMonth } from './work-months.ts'

const offices = ['guide', 'townshipClerk', 'districtOfficer', 'operator'] as const
const provider = ['provider'] as const
const hub = ['districtOfficer', 'operator'] as const
const keepers = ['provider', 'townshipClerk', 'districtOfficer', 'operator'] as const
const purpose = 'casework'

export const orderEntries: RouteTable<typeof ordersContract & typeof recordsContract> = {
  'POST /needs/:needId/orders': {
    may: offices,
    purpose,
    audit: { action: 'projects.sendOrder', zh: '派了一张工单', en: 'sent a work order' },
    do: sendOrder,
  },
  'GET /orders': {
    may: [...offices, ...provider],
    purpose,
    audit: { action: 'projects.listOrders', zh: '查看了工单', en: 'listed work orders' },
    do: listOrders,
  },
  'GET /orders/:orderId': {
    may: [...offices, ...provider],
    purpose,
    audit: { action: 'projects.readOrder', zh: '打开了一张工单', en: 'opened a work order' },
    do: getOrder,
  },
  'POST /orders/:orderId/steps': {
    may: [...offices, ...provider],
    purpose,
    audit: { action: 'projects.moveOrder', zh: '推进了一张工单', en: 'moved a work order on' },
    do: moveOrder,
  },
  'POST /orders/:orderId/visits': {
    may: provider,
    purpose,
    audit: { action: 'projects.noteVisit', zh: '记了一次上门服务', en: 'noted a time of service' },
    do: noteOrderVisit,
  },
  'POST /orders/:orderId/visits/:visitId/evidence': {
    may: provider,
    purpose,
    audit: { action: 'projects.addEvidence', zh: '交了服务的照片或签名', en: 'added a photograph or signature' },
    do: addEvidence,
  },
  'GET /order-evidence/:evidenceId': {
    may: [...offices, ...provider],
    purpose,
    audit: { action: 'projects.readEvidence', zh: '看了服务的照片或签名', en: 'opened a photograph or signature' },
    do: readEvidence,
  },
  'POST /orders/:orderId/visits/:visitId/look': {
    may: ['townshipClerk', 'districtOfficer'],
    purpose,
    audit: {
      action: 'projects.lookAtVisit',
      zh: '看过了一次没有两位成年人在场的服务',
      en: 'looked at a time with a child and without two vetted adults',
    },
    do: lookAtVisit,
  },
  'POST /orders/:orderId/code': {
    may: ['guide', 'townshipClerk'],
    purpose,
    audit: { action: 'projects.renewCode', zh: '换了工单的验证码', en: 'made a new code for a work order' },
    do: renewCode,
  },
  'GET /my/orders': {
    may: ['resident'],
    purpose,
    audit: { action: 'projects.listMyOrders', zh: '查看了谁来帮自家', en: 'looked at who comes to the family' },
    do: listMyOrders,
  },
  'GET /adults': {
    may: keepers,
    purpose,
    audit: { action: 'projects.listAdults', zh: '查看了审查过的成年人', en: 'listed vetted adults' },
    do: listAdults,
  },
  'POST /adults': {
    may: hub,
    purpose,
    audit: { action: 'projects.vetAdult', zh: '登记了一位成年人的审查', en: 'noted that an adult was vetted' },
    do: vetAdult,
  },
  'POST /adults/:adultId/end': {
    may: hub,
    purpose,
    audit: { action: 'projects.endVetting', zh: '撤销了一位成年人的审查', en: 'took a vetting back' },
    do: endVetting,
  },
  'GET /classes': {
    may: keepers,
    purpose,
    audit: { action: 'projects.listClasses', zh: '查看了培训班', en: 'listed classes' },
    do: listClasses,
  },
  'POST /classes': {
    may: provider,
    purpose,
    audit: { action: 'projects.addClass', zh: '开了一个培训班', en: 'added a class' },
    do: addClass,
  },
  'POST /classes/:classId/seats': {
    may: provider,
    purpose,
    audit: { action: 'projects.giveSeat', zh: '安排了一个人进培训班', en: 'gave a seat in a class' },
    do: giveSeat,
  },
  'POST /classes/:classId/attendance': {
    may: provider,
    purpose,
    audit: { action: 'projects.noteAttendance', zh: '记了培训班的出勤', en: 'noted who came to a class' },
    do: noteAttendance,
  },
  'POST /classes/:classId/certificates': {
    may: provider,
    purpose,
    audit: { action: 'projects.certify', zh: '发了一张培训证书', en: 'gave a certificate' },
    do: certify,
  },
  'POST /orders/:orderId/placement': {
    may: provider,
    purpose,
    audit: { action: 'projects.notePlacement', zh: '记了一个岗位', en: 'noted a job' },
    do: notePlacement,
  },
  'POST /orders/:orderId/placement/checks': {
    may: offices,
    purpose,
    audit: { action: 'projects.checkPlacement', zh: '问了岗位还在不在', en: 'asked whether a job was kept' },
    do: checkPlacement,
  },
  'POST /orders/:orderId/work-months': {
    may: provider,
    purpose,
    audit: { action: 'projects.noteWorkMonth', zh: '记了一个月的辅助性就业', en: 'noted a month of assistive work' },
    do: noteWorkMonth,
  },
  'GET /lending': {
    may: keepers,
    purpose,
    audit: { action: 'projects.listDevices', zh: '查看了借出的器材', en: 'listed devices that are lent' },
    do: listDevicesLent,
  },
  'POST /lending': {
    may: provider,
    purpose,
    audit: { action: 'projects.addDevice', zh: '登记了一件器材', en: 'added a device' },
    do: addDevice,
  },
  'POST /lending/:deviceId/loans': {
    may: provider,
    purpose,
    audit: { action: 'projects.lend', zh: '借出了一件器材', en: 'lent a device' },
    do: lend,
  },
  'POST /lending/:deviceId/return': {
    may: provider,
    purpose,
    audit: { action: 'projects.returnDevice', zh: '收回了一件器材', en: 'took a device back' },
    do: returnDevice,
  },
}
