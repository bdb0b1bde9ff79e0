// What the command line, the seed and benchmarks take from the platform.
export { systemClock, testClock, type Clock, type TestClock } from './clock.ts'
export { checkout, readConfig, type Config } from './config.ts'
export { openDatabase, migrate, type Database } from './database/index.ts'
export { examine, type Finding } from './doctor.ts'
export { checkKeys } from './key-check.ts'
export { openKeyring, passingKeyring, rotateKeyring, type Keyring } from './keyring.ts'
export { makeLog, silentLog, type Log } from './log.ts'
export { SetupProblem } from './setup-problem.ts'
