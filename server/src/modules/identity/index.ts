export { identityDoor } from './who-holds.ts'
export { createFirstAdmin } from './first-admin.ts'
export { createDemoAccounts, type DemoAccount } from './demo-accounts.ts'
export { confirmHousehold, findVillageOf, listGuidesOf, namesOf, type Colleague } from './people.ts'
