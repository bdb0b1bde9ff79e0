// `npm start`: installs, builds the pages when they are stale, then serves the made-up district.
import { delimiter, dirname, join } from 'node:path'
import { fewArenas } from '../cli/bin/few-arenas.mjs'
import { handOver } from '../cli/bin/hand-over.mjs'
import { keepCompiled } from '../cli/bin/keep-compiled.mjs'
import { install, root, run, runtime } from './install.mjs'

install()
keepCompiled()
const built = run(['tools/build.ts'])
if (built.status !== 0) process.exit(built.status ?? 1)

const node = runtime()
const demo = process.env.ZHULIAN_DEMO === '0' ? [] : ['--demo']
handOver(node, ['cli/src/main.ts', 'serve', ...demo, ...process.argv.slice(2)], {
  cwd: root,
  env: {
    ...process.env,
    ...fewArenas,
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  },
})
