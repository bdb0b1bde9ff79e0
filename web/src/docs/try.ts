/**
 * The page of the interface at `/api/docs` is whole without this: here each row gets a button that asks the platform for
 * real, in the session of the browser, and shows the answer. Nothing of it leaves for another house.
 */
import { exampleOf, type Schema } from './example.ts'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Schema
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Session {
  readonly signedIn: boolean
  readonly account: { readonly name: string } | null
  readonly csrf: string | null
}

/** Longer answers are shown to here; all of it is in the file. */
const shownAtMost = 200_000

const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const both = (zh: string, en: string): (Node | string)[] => [
  `${zh} `,
  make('span', { className: 'en', lang: 'en' }, en),
]

const session = async (): Promise<Session> => (await fetch('/api/session')).json() as Promise<Session>

async function begin(): Promise<void> {
  const description = (await (await fetch('/api/openapi.json')).json()) as Description
  document.querySelector('#who')?.replaceChildren(...who(await session()))
  for (const row of document.querySelectorAll<HTMLTableRowElement>('tr[data-method]')) {
    const { method = '', path = '' } = row.dataset
    const operation = description.paths[path]?.[method.toLowerCase()]
    if (!operation || signedByMachine(operation)) continue
    const button = make('button', { type: 'button', className: 'try' }, ...both('试一试', 'Try'))
    button.setAttribute('aria-expanded', 'false')
    let place: HTMLTableRowElement | undefined
    button.addEventListener('click', () => {
      if (place) place.hidden = !place.hidden
      else {
        const cell = make('td', { colSpan: 4 }, formOf(method, path, operation, description))
        place = make('tr', {}, cell)
        row.after(place)
      }
      button.setAttribute('aria-expanded', String(!place.hidden))
      if (!place.hidden) place.querySelector<HTMLElement>('input, textarea, button')?.focus()
    })
    row.cells[0]?.append(make('br'), button)
  }
}

const who = ({ signedIn, account }: Session): (Node | string)[] =>
  signedIn
    ? both(
        `以「${account?.name ?? ''}」的身份提问，办理的事是真的，并记入轨迹。`,
        `You ask as ${account?.name ?? ''}. What is done is done for real and stands in the trail.`,
      )
    : [
        ...both('还没有登录，只能试任何人都可以用的接口。', 'Not signed in: only what anyone may ask can be tried.'),
        ' ',
        make('a', { href: '/console' }, ...both('去登录', 'Sign in')),
      ]

/** A person at a browser has no key of a machine. */
const signedByMachine = ({ parameters = [] }: Operation): boolean =>
  parameters.some(({ name }) => /signature$/i.test(name))

function formOf(method: string, path: string, operation: Operation, { components }: Description): HTMLElement {
  const parameters = (operation.parameters ?? []).filter(({ in: where }) => where !== 'header')
  const inputs = parameters.map(parameter => ({ parameter, input: make('input', { required: parameter.required }) }))
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const body = content ? make('textarea', { rows: 8, spellcheck: false }) : undefined
  const file = type === 'multipart/form-data' ? make('input', { type: 'file', required: true }) : undefined
  if (body && content) {
    const { file: _, ...rest } = Object(exampleOf(content.schema, components.schemas)) as Record<string, unknown>
    body.value = JSON.stringify(rest, undefined, 2)
  }
  const writes = method !== 'GET'
  const send = make('button', {}, ...(writes ? both('真的办理', 'Do it for real') : both('发送', 'Send')))
  const answer = make('div', {})
  answer.setAttribute('role', 'status')
  const form = make(
    'form',
    { className: 'ask' },
    ...inputs.map(({ parameter, input }) =>
      make('label', {}, make('span', {}, make('code', {}, parameter.name), parameter.required ? ' *' : ''), input),
    ),
    ...(body ? [make('label', {}, make('span', {}, ...both('内容（JSON）', 'Body (JSON)')), body)] : []),
    ...(file ? [make('label', {}, make('span', {}, ...both('文件', 'File')), file)] : []),
    send,
    answer,
  )
  form.addEventListener('submit', event => {
    event.preventDefault()
    send.disabled = true
    answer.replaceChildren(...both('正在等答复…', 'Waiting for the answer…'))
    const address = addressOf(
      path,
      inputs.map(({ parameter, input }) => ({ ...parameter, value: input.value })),
    )
    void ask(method, address, body?.value, file?.files?.[0])
      .then(shown => answer.replaceChildren(...shown))
      .catch((error: unknown) => answer.replaceChildren(...unanswered(error)))
      .finally(() => (send.disabled = false))
  })
  return form
}

function addressOf(path: string, given: readonly (Parameter & { value: string })[]): string {
  const query = new URLSearchParams()
  let address = path
  for (const { name, in: where, value } of given) {
    if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value))
    else if (value !== '') query.append(name, value)
  }
  return query.size > 0 ? `${address}?${query}` : address
}

async function ask(method: string, address: string, body: string | undefined, file: File | undefined) {
  const headers: Record<string, string> = {}
  if (method !== 'GET') {
    headers['idempotency-key'] = crypto.randomUUID()
    const { csrf } = await session()
    if (csrf) headers['x-csrf-token'] = csrf
  }
  if (body !== undefined && !file) headers['content-type'] = 'application/json'
  const began = performance.now()
  const answer = await fetch(address, {
    method,
    headers,
    ...(body === undefined ? {} : { body: file ? filled(body, file) : body }),
  })
  const bytes = await answer.blob()
  return shownOf(answer, bytes, Math.round(performance.now() - began))
}

function filled(body: string, file: File): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(JSON.parse(body) as Record<string, unknown>))
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  form.append('file', file)
  return form
}

async function shownOf(answer: Response, bytes: Blob, ms: number): Promise<(Node | string)[]> {
  const type = answer.headers.get('content-type') ?? ''
  const heads = ['etag', 'retry-after', 'content-type'].flatMap(name => {
    const value = answer.headers.get(name)
    return value ? [`${name}: ${value}`] : []
  })
  const line = make('p', {}, make('strong', {}, String(answer.status)), ` · ${ms} ms · ${heads.join(' · ')}`)
  const save = make('a', { href: URL.createObjectURL(bytes), download: 'answer' }, ...both('存成文件', 'Save'))
  if (!/json|text|csv/.test(type)) return [line, save]
  const text = await bytes.text()
  const pretty = type.includes('json') && text !== '' ? JSON.stringify(JSON.parse(text), undefined, 2) : text
  const pre = make('pre', { tabIndex: 0 }, pretty.slice(0, shownAtMost))
  return [line, pre, save]
}

const unanswered = (error: unknown): (Node | string)[] =>
  error instanceof SyntaxError
    ? both('内容不是 JSON，没有发送。', 'The body is not JSON; nothing was sent.')
    : both('没有答复，请看网络后再试。', 'No answer. Look at the network and try again.')

void begin()
