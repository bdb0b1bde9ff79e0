// Finds a Chromium for the journeys: E2E_CHROMIUM, the one that came from npm (Linux x64), Playwright's own, the system's.
// The npm package's own unpacking always writes to one fixed path and races; two runs here wait for each other instead.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

interface Browser {
  readonly executablePath: string
  readonly env: Record<string, string>
}

/** Does `work` once among processes: whoever makes the lock folder works, the others wait for `done`. */
async function once(target: string, done: () => boolean, work: () => void) {
  const lock = `${target}.lock`
  mkdirSync(dirname(target), { recursive: true })
  for (let tries = 0; tries < 600 && !done(); tries++) {
    try {
      mkdirSync(lock)
    } catch {
      const abandoned = existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 120_000
      if (abandoned) rmSync(lock, { recursive: true, force: true })
      else await wait(200)
      continue
    }
    try {
      if (!done()) work()
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
}

function unpackTar(tar: Buffer, into: string) {
  const field = (from: number, length: number) => tar.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = field(at, 100)
    if (!name) return
    const size = Number.parseInt(field(at + 124, 12).trim() || '0', 8)
    const path = join(into, name.replace(/^(\.\.?\/)+/, ''))
    const kind = String.fromCharCode(tar[at + 156] ?? 0)
    if (kind === '5') mkdirSync(path, { recursive: true })
    else if (kind === '0' || kind === '\0') {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, tar.subarray(at + 512, at + 512 + size), { mode: 0o755 })
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
}

async function fromNpm(): Promise<Browser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const home = join(root, 'node_modules/@sparticuz/chromium')
  if (!existsSync(home)) return undefined
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = join(root, 'node_modules/.cache/journeys', `chromium-${version}`)
  const executablePath = join(folder, 'chromium')
  await once(
    folder,
    () => existsSync(executablePath),
    () => {
      const packed = (name: string) => brotliDecompressSync(readFileSync(join(home, 'bin', name)))
      const part = `${folder}.part`
      rmSync(part, { recursive: true, force: true })
      mkdirSync(part, { recursive: true })
      writeFileSync(join(part, 'chromium'), packed('chromium.br'), { mode: 0o755 })
      unpackTar(packed('swiftshader.tar.br'), part)
      unpackTar(packed('al2023.tar.br'), part)
      unpackTar(packed('fonts.tar.br'), join(part, 'fonts'))
      renameSync(part, folder)
    },
  )
  const env: Record<string, string> = {}
  // NSS, NSPR and expat come along for machines without them.
  if (spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout?.includes('not found'))
    env['LD_LIBRARY_PATH'] = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = join(folder, 'fonts')
  return { executablePath, env }
}

async function fromPlaywright(): Promise<Browser | undefined> {
  const { chromium } = await import('@playwright/test')
  const executablePath = chromium.executablePath()
  return existsSync(executablePath) ? { executablePath, env: {} } : undefined
}

function fromSystem(): Browser | undefined {
  const linux = [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
  ]
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    app => `/Applications/${app}.app/Contents/MacOS/${app}`,
  )
  const executablePath = [...linux.map(name => `/usr/bin/${name}`), ...mac].find(existsSync)
  return executablePath ? { executablePath, env: {} } : undefined
}

/** @throws when there is none: journeys are never skipped */
export async function findBrowser(): Promise<Browser> {
  const given = process.env['E2E_CHROMIUM']
  if (given) return { executablePath: given, env: {} }
  const found = (await fromNpm()) ?? (await fromPlaywright()) ?? fromSystem()
  if (found) return found
  throw new Error('No Chromium found. Set E2E_CHROMIUM, or run: npx playwright install chromium-headless-shell')
}
