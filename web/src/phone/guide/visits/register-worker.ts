/**
 * The page itself opens without a network from now on, and can be installed. Residents' telephones never get a worker, and their
 * page is offered to nobody's home screen.
 */
export async function registerWorker(): Promise<void> {
  if (!document.querySelector('link[rel=manifest]')) {
    const link = document.createElement('link')
    link.rel = 'manifest'
    link.href = './app.webmanifest'
    document.head.append(link)
  }
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./sw.js').catch(() => undefined)
}
