/** The door of the doors: made-up systems for a made-up district. */
export { seedDoors } from './seed-doors.ts'
