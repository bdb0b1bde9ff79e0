// `npm run bench [name]`: the figures the house is held to, printed with the machine they were taken on.
import { existsSync, readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { install, root, run } from './install.mjs'

install()
const folder = join(root, 'bench')
const all = readdirSync(folder).filter(name => existsSync(join(folder, name, 'run.ts')))
const only = process.argv.slice(2)
const chosen = only.length ? only : all
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}`,
)
for (const name of chosen) {
  if (!all.includes(name)) {
    console.error(`no such bench: ${name}; there are: ${all.join(', ')}`)
    process.exit(2)
  }
  console.log(`\n== ${name}`)
  const { status } = run(['--expose-gc', join('bench', name, 'run.ts')])
  if (status !== 0) process.exitCode = 1
}
