/**
 * Opens the page on a work telephone without a network. It keeps the built files named in the list and nothing else: what
 * the API answers never passes through here. Registered only where a guide has set a PIN.
 */
interface Phases extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asking extends Phases {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = globalThis as unknown as {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  addEventListener(name: 'install' | 'activate', hear: (event: Phases) => void): void
  addEventListener(name: 'fetch', hear: (event: Asking) => void): void
}

/** Written in when the pages are built. */
declare const builtFiles: readonly string[]
declare const builtName: string

const page = './'
const kept = `zhulian-${builtName}`
/** On a line that only seems to be one. */
const patienceMs = 1500

worker.addEventListener('install', event =>
  event.waitUntil(
    caches
      .open(kept)
      .then(cache => cache.addAll([page, ...builtFiles].map(path => new Request(path, { cache: 'no-cache' })))),
  ),
)

worker.addEventListener('activate', event =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== kept) await caches.delete(name)
      await worker.clients.claim()
    })(),
  ),
)

worker.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  const base = new URL(page, worker.location.href)
  if (request.method !== 'GET' || url.origin !== base.origin || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') {
    if (url.pathname === base.pathname || url.pathname.endsWith('/index.html')) event.respondWith(pageOf(request))
    else if (url.pathname.endsWith('/sorting.html')) event.respondWith(fromCache(request))
    return
  }
  if (builtFiles.some(path => new URL(path, base).pathname === url.pathname)) event.respondWith(fromCache(request))
})

const fromCache = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreSearch: true })) ?? (await fetch(request))

/** The page as the server has it now, where that comes in time; else as it was kept. */
async function pageOf(request: Request): Promise<Response> {
  const own = await caches.match(page)
  if (!own) return await fetch(request)
  const late = new Promise<Response>(resolve => setTimeout(() => resolve(own), patienceMs))
  return await Promise.race([fetch(request).catch(() => own), late])
}
