/**
 * The path somebody asks for, with its dots resolved. A request may name a whole address (`GET http://host/path`), and two
 * slashes at the beginning are no host. @returns undefined for what is no address
 */
export const pathOf = (url: string): string | undefined =>
  URL.parse(url.startsWith('/') ? `http://here${url}` : url)?.pathname
