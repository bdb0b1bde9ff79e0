// `npm run check`: what is quick to know before a commit: format, lint, types, dead code, unit tests.
process.argv.push('format', 'lint', 'types', 'dead code', 'unit')
await import('./test.mjs')
