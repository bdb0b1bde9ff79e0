// Builds the pages into web/dist when their sources or the lock have changed since.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'web/dist/.built-from')

const hash = createHash('sha256')
const sources = [
  'web/*.{html,ts,json}',
  'web/public/**/*',
  'web/src/**/*.{ts,tsx,css,svg}',
  'packages/kernel/src/**/*.ts',
  'package-lock.json',
]
for (const file of globSync(sources, { cwd: root }).sort()) {
  if (/\.test\.tsx?$/.test(file)) continue
  hash.update(file)
  try {
    hash.update(readFileSync(join(root, file)))
  } catch {} // a folder
}
const wanted = hash.digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('正在生成页面… Building the pages…')
  await build({ root: join(root, 'web'), configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' })
  writeFileSync(stamp, wanted)
}
