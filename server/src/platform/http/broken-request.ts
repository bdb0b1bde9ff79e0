import type { FastifyInstance } from 'fastify'
import { STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Refusal } from '@zhulian/kernel'
import { headersTooLarge, malformedRequest, tooSlow, unmetExpectation } from '../refusals.ts'
import { problemBody, problemOf } from './problem.ts'
import { everyHeader, nothingPolicy } from './security-headers.ts'

/**
 * What Node's parser turns away never becomes a request: no route, no hook, no language. It is told in words all the same,
 * in both languages, and the connection ends.
 */
export const answerBroken =
  (https: boolean, newNumber: () => string) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable) socket.write(texts(refusalFor(error.code ?? ''), https, newNumber()))
    socket.destroy()
  }

/** `Expect:` something nobody here can do. */
export function answerExpectations(fastify: FastifyInstance, https: boolean, newNumber: () => string): void {
  ;(fastify.server as Server).on('checkExpectation', (_request, response) => {
    const { socket } = response
    if (socket?.writable) socket.end(texts(unmetExpectation(), https, newNumber()))
  })
}

function refusalFor(code: string): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow()
  return code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : malformedRequest()
}

function texts(refused: Refusal, https: boolean, number: string): string {
  const problem = problemOf(refused, number)
  const { zh, en } = problem.words
  const body = problemBody({ ...problem, words: { zh: `${zh} ${en}`, en } }, 'zh', number)
  const headers = {
    ...everyHeader(https),
    'content-security-policy': nothingPolicy,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n')
}
