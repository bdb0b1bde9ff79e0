import { globSync, readFileSync } from 'node:fs'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Problem } from '../platform/problem.ts'
import { FormDialog, type Read } from './form-dialog.tsx'

const idle = { busy: false, problem: undefined, clear: () => {} }
const drawn = (...reads: readonly Read[]) =>
  renderToString(
    <FormDialog title="Send help" deed={idle} save="Send" reads={reads} onSend={() => {}} onClose={() => {}}>
      {null}
    </FormDialog>,
  )

it('a form whose choices could not be read says so, once, with the way to ask again', () => {
  const offline: Read = { problem: new Problem('offline', 0), again: () => {} }
  const read: Read = { problem: undefined, again: () => {} }
  const count = (html: string) => html.split('role="alert"').length - 1
  expect(count(drawn(read))).toBe(0)
  expect(count(drawn(read, offline))).toBe(1)
  expect(count(drawn(offline, offline))).toBe(1)
})

it('no form shows an empty list of choices in place of one that could not be read', () => {
  const forms = globSync('**/*.tsx', { cwd: import.meta.dirname })
    .toSorted()
    .map(path => ({ path, text: readFileSync(new URL(path, import.meta.url), 'utf8') }))
    .filter(({ text }) => /<(?:FormDialog|RecordForm)\b/.test(text))
  const read = forms.flatMap(({ path, text }) =>
    [...text.matchAll(/const (\w+) = useLoad\(/g)].map(([, name]) => ({ path, name: String(name), text })),
  )
  expect(read.length).toBeGreaterThan(40)
  const isSaid = ({ name, text }: (typeof read)[number]) =>
    new RegExp(String.raw`\b${name}\.problem|loaded=\{${name}\}|reads=\{\[[^\]]*\b${name}\b|read: ${name}\b`).test(text)
  expect(read.filter(one => !isSaid(one)).map(({ path, name }) => `${path} ${name}`)).toEqual([
    // A card above a list, which is not there then; and what a message was sent to, of which the list says what is wrong.
    'projects/designs.tsx board',
    'webhooks/one.tsx hooks',
  ])
})
