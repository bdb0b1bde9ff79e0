/** What this device remembers between visits. Nothing personal goes in here. */
const prefix = 'zhulian.'

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(prefix + key) ?? undefined
  } catch {
    // Private windows and some web-views refuse storage; the page then simply forgets.
    return undefined
  }
}

export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, value)
  } catch {
    // As above.
  }
}
