import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { checkout } from '../../server/src/platform/config.ts'

/** The platform as it is started by hand, with the pages as built and a made-up district; BENCH_URL names one that runs. */
export async function openServer(people: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const running = process.env['BENCH_URL']
  if (running) return { url: running, close: () => Promise.resolve() }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
  // Run by root, the database has a user of its own, who must get in.
  await chmod(dataDir, 0o755)
  const server = spawn(process.execPath, ['cli/src/main.ts', 'serve', '--demo', '--people', String(people)], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ZHULIAN_DATA: dataDir, PORT: '0' },
  })
  const close = async () => {
    const ended = server.exitCode === null ? new Promise(done => server.once('exit', done)) : undefined
    server.kill('SIGTERM')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
  for await (const said of createInterface(server.stdout)) {
    const url = /http:\/\/[\d.:a-z]+/.exec(said)?.[0]
    if (!url) continue
    server.stdout.resume()
    return { url, close }
  }
  await close()
  throw new Error('the server ended before it was ready')
}
