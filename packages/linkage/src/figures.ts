/** How links compare with what is true. */
export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** @param right links that are true @param said links in all @param wanted true links in all */
export function figuresOf(right: number, said: number, wanted: number): Figures {
  const precision = said === 0 ? 0 : right / said
  const recall = wanted === 0 ? 0 : right / wanted
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
