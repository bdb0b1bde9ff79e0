import fc from 'fast-check'

// A test that fails once in a while says nothing about the change it fails on. `SEED=random npm test -- unit` looks at other cases.
const seed = process.env['SEED'] ?? '20210926'
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
