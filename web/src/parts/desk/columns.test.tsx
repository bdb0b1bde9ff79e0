import { globSync, readFileSync } from 'node:fs'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Columns } from './columns.tsx'

it('what can be done stands before what is read', () => {
  const html = renderToString(
    <Columns acts="what can be done" notices="what has to be known" beside="what else there is">
      what is read
    </Columns>,
  )
  const places = ['what has to be known', 'what can be done', 'what is read', 'what else there is'].map(words =>
    html.indexOf(words),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places).not.toContain(-1)
})

it('every screen of one thing leaves the order to the columns, its steps first', () => {
  const screens = globSync('../../console/*/*.tsx', { cwd: import.meta.dirname }).map(path => ({
    path,
    text: readFileSync(new URL(path, import.meta.url), 'utf8'),
  }))
  const withSteps = screens.filter(({ text }) => /className="\w+-next"/.test(text))
  expect(withSteps.length).toBeGreaterThan(7)
  const first =
    /<Columns\s+acts=\{\s*(?:<>\s*)?(?:\{\w+ && )?<(?:Next\b|NextSteps\b|Card label=\{(?:say|words)\.next\})/
  expect(withSteps.filter(({ text }) => !first.test(text)).map(({ path }) => path)).toEqual([])
})
