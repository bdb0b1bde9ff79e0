import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { processMark } from './process.ts'

/**
 * Which processes use a private server: one small file each, named by process. Who leaves last turns out the light, and
 * whoever was killed without leaving no longer counts. Call these only while holding the lock of the folder.
 */
export function enter(folder: string, pid: number): { leave: () => void } {
  const mark = processMark(pid)
  if (mark === undefined) throw new Error(`process ${pid} does not run`)
  const file = path.join(folder, 'tenants', `${pid}-${randomUUID()}`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, mark)
  return { leave: () => fs.rmSync(file, { force: true }) }
}

/** Takes a process off the list, however often it came in. */
export function expel(folder: string, pid: number): void {
  const place = path.join(folder, 'tenants')
  if (!fs.existsSync(place)) return
  for (const name of fs.readdirSync(place))
    if (name.startsWith(`${pid}-`)) fs.rmSync(path.join(place, name), { force: true })
}

/** How many are in; forgets the dead. */
export function countTenants(folder: string): number {
  const place = path.join(folder, 'tenants')
  if (!fs.existsSync(place)) return 0
  return fs.readdirSync(place).filter(name => isIn(path.join(place, name), Number.parseInt(name, 10))).length
}

function isIn(file: string, pid: number): boolean {
  try {
    if (processMark(pid) === fs.readFileSync(file, 'utf8')) return true
  } catch {
    return false
  }
  fs.rmSync(file, { force: true })
  return false
}
