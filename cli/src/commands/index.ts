import type { Command } from '../command.ts'
import { doctor } from './doctor.ts'
import { screen } from './screen.ts'

/** Every command, in the order of the help. Loaded when it is called, not before. */
export const commands: readonly Command[] = [screen, doctor]
