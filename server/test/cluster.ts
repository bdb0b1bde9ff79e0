import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopOnBehalf } from '../src/platform/database/launch.ts'
import { isAlive } from '../src/platform/database/process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's database server lies, and the process it lives and dies with. */
    cluster: { readonly folder: string; readonly run: number }
  }
}

/**
 * One throwaway database server for a run, started by the first test that asks for a database (see database.ts) and
 * stopped here. Runs that need none start none.
 */
export default async function cluster(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`))
  fs.chmodSync(folder, 0o755)
  project.provide('cluster', { folder, run: process.pid })
  return async () => {
    await end(folder, process.pid)
  }
}

const prefix = 'zhulian-test-'

async function end(folder: string, run: number): Promise<void> {
  await stopOnBehalf(folder, run)
  fs.rmSync(folder, { recursive: true, force: true })
}

/** Servers of runs that were killed before they could stop them. */
async function sweep(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir()).filter(n => n.startsWith(prefix))) {
    const run = Number.parseInt(name.slice(prefix.length), 10)
    if (!isAlive(run)) await end(path.join(os.tmpdir(), name), run)
  }
}
