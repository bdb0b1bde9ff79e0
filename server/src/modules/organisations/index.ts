/** The door of the organisations: who they are, who can give what where today, and whether their people may work. */
export {
  hasAccess,
  type AbleOrganisation,
  type KnownOrganisation,
  organisationOf,
  organisationsFor,
} from './for-others.ts'
export { type Hub, hubOf, hubsOf } from './hubs.ts'
export { madeUpOperator, madeUpProvider, madeUpTutors } from './made-up-organisations.ts'
export { seedOrganisations } from './seed-organisations.ts'
