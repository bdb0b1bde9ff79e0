/** What is done with a pair: linked by itself, shown to a person, left apart. */
export type Band = 'same' | 'look' | 'different'

/** What each mistake costs, in looks of a person. */
export interface Costs {
  readonly look: number
  readonly wrongLink: number
  readonly missedLink: number
}

/** A wrong link brings one family's facts to another and is found late; a missed one is found at the next feed. */
export const usualCosts: Costs = { look: 1, wrongLink: 100 / 3, missedLink: 20 }

export interface Thresholds {
  /** From here on a link by itself costs less than a look. */
  readonly same: number
  /** Below, even a look costs more than what might be missed. */
  readonly look: number
}

/** @example thresholdsOf(usualCosts) // { same: 0.97, look: 0.05 } */
export const thresholdsOf = ({ look, wrongLink, missedLink }: Costs): Thresholds => ({
  same: 1 - look / wrongLink,
  look: look / missedLink,
})
