import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Where nothing is remembered of an earlier run, they are sorted by size: what starts servers and waits for them would come last, alone.
const longest = ['commands/serve.test.ts', 'test/matrix.test.ts', 'test/rules-sql.test.ts', 'test/fuzz.test.ts']

/** Files of tests in the order in which two workers are done soonest. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex(name => moduleId.endsWith(name))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
