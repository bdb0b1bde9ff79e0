import { keepHeapSmall } from '../../../server/src/platform/heap.ts'
import type { Command } from '../command.ts'

/** Every command, in the order of the help. A command's code is loaded when it is called, not before. */
export const commands: readonly { readonly name: string; readonly load: () => Promise<Command> }[] = [
  { name: 'screen', load: async () => (await import('./screen.ts')).screen },
  { name: 'simulate', load: async () => (await import('./simulate.ts')).simulate },
  { name: 'rules', load: async () => (await import('./rules.ts')).rules },
  { name: 'serve', load: async () => (keepHeapSmall(), (await import('./serve.ts')).serve) },
  { name: 'init', load: async () => (await import('./init.ts')).init },
  { name: 'doctor', load: async () => (await import('./doctor.ts')).doctor },
  { name: 'import', load: async () => (keepHeapSmall(), (await import('./import.ts')).importFile) },
  { name: 'link', load: async () => (await import('./link.ts')).link },
  { name: 'card', load: async () => (await import('./card.ts')).card },
  { name: 'demo', load: async () => (await import('./demo.ts')).demo },
]
