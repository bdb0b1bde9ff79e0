/** Ids that were not there before; nothing is news on the first look. */
export const newsOf = (before: readonly string[] | undefined, now: readonly string[]): readonly string[] =>
  before === undefined ? [] : now.filter(id => !before.includes(id))

/** A short buzz where the phone allows it; never a sound. */
export function buzz(): void {
  try {
    navigator.vibrate?.([160, 80, 160])
  } catch {
    // Not allowed here; the notice is on the page.
  }
}
