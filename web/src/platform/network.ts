import { createStore, useStore } from './store.ts'

const online = createStore(typeof navigator === 'undefined' || navigator.onLine !== false)

export function watchNetwork(): void {
  globalThis.addEventListener('online', () => online.set(true))
  globalThis.addEventListener('offline', () => online.set(false))
}

export const useOnline = (): boolean => useStore(online)
