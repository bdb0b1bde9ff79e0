// What a first visit downloads as script, gzip: the entry and what it imports statically. Fails above the budget.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = process.argv[2] ?? join(import.meta.dirname, 'dist')
const budgets = { 'index.html': 110, 'console.html': 400 }

const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))

/** @param {string} key @param {Set<string>} seen */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key]?.imports ?? []) filesOf(next, seen)
  return seen
}

const kilobytes = file => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000

let over = false
for (const [page, budget] of Object.entries(budgets)) {
  if (!manifest[page]) {
    console.log(`${page.padEnd(14)} not built`)
    continue
  }
  const chunks = [...filesOf(page)]
    .map(key => manifest[key].file)
    .filter(file => file?.endsWith('.js') && existsSync(join(dist, file)))
  const size = chunks.reduce((sum, file) => sum + kilobytes(file), 0)
  over ||= size > budget
  console.log(
    `${page.padEnd(14)} ${size.toFixed(1).padStart(6)} kB of ${budget} kB in ${chunks.length} files${size > budget ? '  TOO MUCH' : ''}`,
  )
}
if (over) process.exitCode = 1
