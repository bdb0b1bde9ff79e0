import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

interface Built {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly css?: readonly string[]
}

/** Files that come with the page itself. */
const beside = ['app.webmanifest', 'mark.svg', 'sorting.html']

/** Writes into the worker which files the phone's pages are made of, the desk and the fonts left out, and a name that changes with them. */
export function offlineList(): Plugin {
  let folder = ''
  return {
    name: 'offline-list',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle() {
      const worker = join(folder, 'sw.js')
      if (!existsSync(worker)) return
      const built = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, Built>
      const files = [...filesOf(built, 'index.html'), ...beside].sort().map(file => `./${file}`)
      const page = readFileSync(join(folder, 'index.html'))
      const name = createHash('sha256').update(JSON.stringify(files)).update(page).digest('hex').slice(0, 12)
      const list = `const builtFiles = ${JSON.stringify(files)}; const builtName = ${JSON.stringify(name)};`
      writeFileSync(worker, `${list}\n${readFileSync(worker, 'utf8')}`)
    },
  }
}

function filesOf(built: Readonly<Record<string, Built>>, entry: string): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const walk = (key: string): void => {
    const part = built[key]
    // Ten megabytes of characters: a telephone has its own.
    if (!part || seen.has(key) || key.includes('noto-sans')) return
    seen.add(key)
    for (const file of [part.file, ...(part.css ?? [])]) files.add(file)
    for (const next of [...(part.imports ?? []), ...(part.dynamicImports ?? [])]) walk(next)
  }
  walk(entry)
  return files
}
