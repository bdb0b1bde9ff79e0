import { recall, remember } from './device.ts'
import { createStore, useStore } from './store.ts'

const large = createStore(false)

function show(on: boolean): void {
  document.documentElement.classList.toggle('large', on)
  large.set(on)
}

/** Large type for old eyes: other sizes and fewer things on a page, remembered on the device. */
export function setLargeType(on: boolean): void {
  remember('large', on ? 'yes' : undefined)
  show(on)
}

export const restoreLargeType = (): void => show(recall('large') === 'yes')

export const useLargeType = (): boolean => useStore(large)
