import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Heard {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Another system of flesh and wire: hears what is sent to it, and answers as it is told to. */
export async function otherSystem() {
  const heard: Heard[] = []
  let answer: (heard: Heard) => Reply | Promise<Reply> = () => ({})
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const one: Heard = {
        path: request.url ?? '',
        method: request.method ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      }
      heard.push(one)
      void Promise.resolve(answer(one)).then(({ status = 200, headers = {}, body = '' }) =>
        response.writeHead(status, headers).end(body),
      )
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    /** What was heard so far, and forgets it. */
    take: () => heard.splice(0),
    answers: (next: typeof answer) => void (answer = next),
    close: () =>
      new Promise<void>(done => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
export type OtherSystem = Awaited<ReturnType<typeof otherSystem>>
