/** Something a person reads, in both languages. Chinese is the original; English is complete beside it. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Words
