/**
 * The page runs under `require-trusted-types-for 'script'`. Libraries still set text through `innerHTML`; text without
 * `<` can make no element and passes, everything else is refused. Imported first by each entry.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: Readonly<Record<string, (text: string) => string | null>>): unknown
}

const ownScript = (address: string) => {
  const url = new URL(address, document.baseURI)
  return url.origin === location.origin && /\/(sw|assets\/[\w.-]+)\.js$/.test(url.pathname) ? address : null
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
trustedTypes?.createPolicy('default', {
  createHTML: text => (text.includes('<') ? null : text),
  createScriptURL: ownScript,
})
