// `npm start`: installs, builds the pages when they are stale, then serves the made-up district.
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { install, root, run, runtime } from './install.mjs'

install()
const built = run(['tools/build.ts'])
if (built.status !== 0) process.exit(built.status ?? 1)

const node = runtime()
const demo = process.env.ZHULIAN_DEMO === '0' ? [] : ['--demo']
const server = spawn(node, ['cli/src/main.ts', 'serve', ...demo, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
})
// The terminal's Ctrl-C reaches the server itself; a plain kill of this process must reach it too.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
