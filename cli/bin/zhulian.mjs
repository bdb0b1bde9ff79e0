#!/usr/bin/env node
// Plain JavaScript that any Node from 20 up can run: where that Node is too old for TypeScript, the pinned one takes over.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endWithNpm, handOver } from './hand-over.mjs'
import { keepCompiled } from './keep-compiled.mjs'

const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'main.ts')
keepCompiled()
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 18)) {
  endWithNpm(() => process.kill(process.pid, 'SIGTERM'))
  await import(main)
} else {
  const node = pinned(dirname(main))
  if (!node) {
    process.stderr.write(
      `需要 Node 22.18 以上（现在是 ${process.versions.node}）。请先在项目目录运行 npm install。\nNode 22.18 or later is needed (this is ${process.versions.node}). Run npm install in the project folder first.\n`,
    )
    process.exit(2)
  }
  handOver(node, [main, ...process.argv.slice(2)])
}

/** The Node that npm installed with the project, looked for from here upwards. */
function pinned(from) {
  const node = join(from, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (existsSync(node)) return node
  return dirname(from) === from ? undefined : pinned(dirname(from))
}
