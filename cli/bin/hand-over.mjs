// Plain JavaScript that any Node from 20 up can run: hands over to a program of the pinned runtime, and whoever of the two
// ends first takes the other along.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const starter = process.ppid

/** Runs the program in this process's place: its terminal, its signals, its exit code. */
export function handOver(node, args, options = {}) {
  // The channel says nothing. When it breaks, because this process was killed, the program ends as on SIGTERM.
  const program = spawn(node, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  // The terminal's Ctrl-C reaches the program itself, where a second one means "at once"; so it is passed on as SIGTERM.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill('SIGTERM'))
  endWithNpm(() => program.kill('SIGTERM'))
  program.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  })
  program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/** npm runs a command in a shell, and a signal to npm ends that shell alone: what ran in it would go on without anyone. */
export function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return
  const watch = setInterval(() => {
    if (process.ppid === starter) return
    clearInterval(watch)
    end()
  }, 250)
  watch.unref()
}
