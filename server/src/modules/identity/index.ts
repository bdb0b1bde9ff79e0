export { identityDoor } from './who-holds.ts'
export { createFirstAdmin } from './first-admin.ts'
export { createDemoAccounts, type DemoAccount } from './demo-accounts.ts'
export { whoseAccounts } from './whose-accounts.ts'
export {
  findVillageOf,
  isAtWork,
  listClerksUnder,
  listGuidesOf,
  listGuidesUnder,
  listWorkersOf,
  listWorkersUnder,
  listHelpersNamed,
  listOfficersOf,
  listPeopleOf,
  namesOf,
  type Colleague,
  type Worker,
} from './people.ts'
export { confirmHousehold, forgetHousehold } from './tell-household.ts'
export { signOutEverywhere } from './session.ts'
export { moveResidents, moveResidentsBack } from './move-residents.ts'
export { moveVillage, moveVillageBack } from './move-village.ts'
export { asDoorkeeper } from './as-doorkeeper.ts'
