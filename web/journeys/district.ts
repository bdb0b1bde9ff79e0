// One small made-up district for all journeys: the real server, the real database, the pages as built.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export default async function openDistrict() {
  const folder = mkdtempSync(join(tmpdir(), 'zhulian-journeys-'))
  // Run by root, the database has a user of its own, who must get in: else its files go elsewhere and stay there.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const server = spawn(process.execPath, ['cli/src/main.ts', 'serve', '--demo', '--people', '4000'], {
    cwd: root,
    stdio: ['ignore', 'pipe', process.env['JOURNEYS_LOG'] ? 'inherit' : 'ignore'],
    env: { ...process.env, ZHULIAN_DATA: folder, PORT: String(port) },
  })
  const close = async () => {
    const ended = server.exitCode === null ? new Promise(resolve => server.once('exit', resolve)) : undefined
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    process.env['JOURNEYS_URL'] = await readyLine(server)
  } catch (error) {
    await close()
    throw error
  }
  return close
}

/** The address in the line that says the platform is ready. */
async function readyLine(server: ChildProcess): Promise<string> {
  const deadline = setTimeout(() => server.kill('SIGKILL'), 240_000)
  try {
    if (!server.stdout) throw new Error('the server says nothing')
    for await (const line of createInterface(server.stdout)) {
      if (process.env['JOURNEYS_LOG']) console.log(line)
      const address = /http:\/\/[\d.:a-z]+/.exec(line)?.[0]
      if (address) {
        server.stdout.resume()
        return address
      }
    }
    throw new Error('the server ended before it was ready')
  } finally {
    clearTimeout(deadline)
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
