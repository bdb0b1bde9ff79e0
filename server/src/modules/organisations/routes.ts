import { routes } from '../../platform/route.ts'
import { organisationsContract } from './contract.ts'
import { takeContractStep, writeContract } from './contracts.ts'
import {
  addOrganisation,
  changeOrganisation,
  moveStage,
  noteQualification,
  setCapacity,
  withdrawQualification,
} from './keep-organisation.ts'
import { listHubs } from './read-hubs.ts'
import { countYours, getMyOrganisation, getOrganisation, listOrganisations } from './read-organisations.ts'
import { readThreeParties } from './three-parties.ts'

const everyOffice = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator'] as const
const hub = ['districtOfficer', 'operator'] as const
const purpose = 'operation'

export const organisationsRoutes = routes(organisationsContract, {
  'GET /hubs': { may: [...everyOffice, 'auditor'], purpose, audit: 'notPersonal', do: listHubs },
  'GET /organisations': {
    may: [...everyOffice, 'auditor', 'admin'],
    purpose,
    audit: 'notPersonal',
    do: listOrganisations,
  },
  'GET /organisations/yours': { may: hub, purpose, audit: 'notPersonal', do: countYours },
  'GET /three-parties': {
    may: ['townshipClerk', 'districtOfficer', 'operator'],
    purpose,
    audit: 'notPersonal',
    do: readThreeParties,
  },
  'GET /organisations/:organisationId': {
    may: [...everyOffice, 'auditor'],
    purpose,
    audit: { action: 'organisations.read', zh: '打开了一个机构', en: 'opened an organisation' },
    do: getOrganisation,
  },
  'POST /organisations': {
    may: hub,
    purpose,
    audit: { action: 'organisations.add', zh: '登记了一个机构', en: 'put an organisation on the list' },
    do: addOrganisation,
  },
  'PUT /organisations/:organisationId': {
    may: hub,
    purpose,
    audit: { action: 'organisations.change', zh: '改了一个机构的登记', en: 'changed what is known of an organisation' },
    do: changeOrganisation,
  },
  'POST /organisations/:organisationId/stage': {
    may: hub,
    purpose,
    audit: { action: 'organisations.moveStage', zh: '调整了培育阶段', en: 'moved an organisation to another stage' },
    do: moveStage,
  },
  'POST /organisations/:organisationId/qualifications': {
    may: hub,
    purpose,
    audit: { action: 'organisations.noteQualification', zh: '登记了一项资质', en: 'noted a paper of an organisation' },
    do: noteQualification,
  },
  'DELETE /organisations/:organisationId/qualifications/:qualificationId': {
    may: hub,
    purpose,
    audit: { action: 'organisations.withdrawQualification', zh: '撤下了一项资质', en: 'took a paper off' },
    do: withdrawQualification,
  },
  'PUT /organisations/:organisationId/capacity': {
    may: hub,
    purpose,
    audit: {
      action: 'organisations.setCapacity',
      zh: '登记了机构能承接多少',
      en: 'said what an organisation can take on',
    },
    do: setCapacity,
  },
  'POST /organisations/:organisationId/contracts': {
    may: ['districtOfficer'],
    purpose,
    audit: { action: 'organisations.writeContract', zh: '写了一份合同', en: 'wrote a contract' },
    do: writeContract,
  },
  'POST /contracts/:contractId/steps': {
    may: ['districtOfficer'],
    purpose,
    audit: { action: 'organisations.moveContract', zh: '办理了一份合同', en: 'moved a contract on' },
    do: takeContractStep,
  },
  'GET /my/organisation': {
    may: ['provider', 'operator'],
    purpose,
    audit: { action: 'organisations.readOwn', zh: '查看了自己的机构', en: 'looked at their own organisation' },
    do: getMyOrganisation,
  },
})
