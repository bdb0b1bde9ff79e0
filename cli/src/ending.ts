import { constants } from 'node:os'

const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** When the process that handed over to this one is gone, this one ends as if it had been told to. */
export function endWithStarter(): void {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}

/** For commands that may start a database: a signal ends them through `exit`, where the database is told to end as well. */
export function endBySignal(): void {
  for (const signal of signals) process.on(signal, () => process.exit(128 + constants.signals[signal]))
}

/** Resolves when a signal says to end. A second Ctrl-C waits for nothing more. */
export const toldToEnd = (): Promise<void> =>
  new Promise(resolve => {
    for (const signal of signals) process.on(signal, () => resolve())
    process.once('SIGINT', () => process.once('SIGINT', () => process.exit(1)))
  })
