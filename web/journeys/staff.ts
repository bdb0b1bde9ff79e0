import { type APIRequestContext, expect } from '@playwright/test'
import { district, password } from './people.ts'

/** A member of staff at the API, as a page of ours would ask. */
export class Staff {
  readonly #asks: APIRequestContext
  #csrf = ''
  constructor(asks: APIRequestContext) {
    this.#asks = asks
  }
  async signIn(name: string) {
    const answer = await this.post('/api/session', { signInName: name, password })
    this.#csrf = answer['csrf'] as string
    return this
  }
  async post(path: string, data: unknown): Promise<Record<string, unknown>> {
    const answer = await this.#send(path, data)
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as Record<string, unknown>
  }
  /** What is said to be refused. */
  async refused(path: string, data: unknown): Promise<Record<string, unknown>> {
    const answer = await this.#send(path, data)
    expect(answer.ok(), await answer.text()).toBe(false)
    return (await answer.json()) as Record<string, unknown>
  }
  async #send(path: string, data: unknown) {
    return await this.#asks.post(`${district()}${path}`, {
      data,
      headers: { 'idempotency-key': crypto.randomUUID(), ...(this.#csrf ? { 'x-csrf-token': this.#csrf } : {}) },
    })
  }
  async get(path: string): Promise<Record<string, unknown>> {
    return (await (await this.#asks.get(`${district()}${path}`)).json()) as Record<string, unknown>
  }
}
