import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { processMark, wait } from './process.ts'

/**
 * Lets processes take turns over a folder. The lock file names its owner; the lock of an owner that no longer runs is
 * taken away. Node has no flock, and a socket or a folder as lock would leave the same question after a kill.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, 'lock')
  const mine = JSON.stringify({ pid: process.pid, mark: processMark(process.pid), turn: randomUUID() })
  while (!take(file, mine)) {
    breakIfStale(file)
    await wait(25)
  }
  try {
    return await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

/** Written aside and linked into place, so that nobody ever reads a lock without an owner. */
function take(file: string, mine: string): boolean {
  const part = `${file}.${process.pid}.${randomUUID()}`
  fs.writeFileSync(part, mine)
  try {
    fs.linkSync(part, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(part, { force: true })
  }
}

/**
 * Two may find the same lock stale, and the slower must not take away the lock the faster has made since. So only the one
 * who holds `lock.breaking` looks again and removes; that file is held for microseconds and expires after ten seconds.
 */
function breakIfStale(file: string): void {
  if (!isStale(file)) return
  const breaking = `${file}.breaking`
  try {
    fs.writeFileSync(breaking, '', { flag: 'wx' })
  } catch {
    const age = Date.now() - (fs.statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 10_000) fs.rmSync(breaking, { force: true })
    return
  }
  try {
    if (isStale(file)) fs.rmSync(file, { force: true })
  } finally {
    fs.rmSync(breaking, { force: true })
  }
}

function isStale(file: string): boolean {
  try {
    const { pid, mark } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number; mark: string }
    return processMark(pid) !== mark
  } catch {
    return false
  }
}
