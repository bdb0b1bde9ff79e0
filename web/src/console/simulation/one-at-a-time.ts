/**
 * Asks one question at a time. `next` says what is wanted most at this moment, so whatever was wanted in between is never
 * asked: the latest wins. A question that failed ends the row until `wake` is called again.
 */
export function oneAtATime<Q, A>(
  next: () => Q | undefined,
  ask: (question: Q) => Promise<A>,
  tell: (question: Q, answer: A) => void,
  fail: (question: Q, thrown: unknown) => void,
): { readonly wake: () => void } {
  let asking = false
  const run = async () => {
    for (let question = next(); question !== undefined; question = next()) {
      try {
        tell(question, await ask(question))
      } catch (thrown) {
        fail(question, thrown)
        if (next() === question) return
      }
    }
  }
  return {
    wake: () => {
      if (asking) return
      asking = true
      void run().finally(() => {
        asking = false
      })
    },
  }
}
