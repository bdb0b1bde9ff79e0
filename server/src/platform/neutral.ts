/** A text that a spreadsheet could take for a formula, also in full width. */
const startsLikeFormula = /^[=+\-@\t\r＝＋－＠]/

/** The text as a spreadsheet shows it and never calculates it: `=1+1` becomes `'=1+1`. */
export const neutral = (text: string): string => (startsLikeFormula.test(text) ? `'${text}` : text)

/** The text as it was before {@link neutral}. */
export const unneutral = (text: string): string => (/^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text)
