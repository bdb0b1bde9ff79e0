import { type Variant, written } from './variant.ts'

const place = 'zhulian.simulation.tried'

/** What was tried last in this window, so that a household's cliff can be drawn by it too. Figures only, nothing of a person. */
export const rememberTried = (variant: Variant): void => {
  try {
    sessionStorage.setItem(place, written(variant))
  } catch {
    // A browser that keeps nothing offers nothing to go back to.
  }
}

export const triedLast = (): string => {
  try {
    const text = sessionStorage.getItem(place) ?? ''
    return /^[\w.-]{0,6000}$/.test(text) ? text : ''
  } catch {
    return ''
  }
}
