import type { Words } from '@zhulian/kernel'
import { roles } from './actor.ts'
import type { Route } from './http/routes-of.ts'
import { describedPath } from './openapi.ts'

const roleWords: Readonly<Record<(typeof roles)[number], Words>> = {
  resident: { zh: '居民', en: 'resident' },
  guide: { zh: '导服员', en: 'guide' },
  villageGroup: { zh: '村工作组', en: 'village group' },
  townshipClerk: { zh: '乡镇经办', en: 'township clerk' },
  districtOfficer: { zh: '区级人员', en: 'district officer' },
  operator: { zh: '运营人员', en: 'operator' },
  provider: { zh: '服务机构', en: 'provider' },
  auditor: { zh: '审计员', en: 'auditor' },
  admin: { zh: '管理员', en: 'administrator' },
  healthWorker: { zh: '卫生人员', en: 'health worker' },
  bureauOfficer: { zh: '部门经办', en: 'bureau officer' },
  helper: { zh: '结对帮扶人', en: 'paired helper' },
}

/**
 * For people: what can be asked, by whom, and what may be refused. Whole without a script; `/try.js`, one of the built
 * pages' files, adds a form to each row that asks for real in the session of the browser.
 */
export function docsPage(routes: readonly Route[], nonce: string): string {
  const modules = Map.groupBy(routes, route => route.module)
  const codes = new Map(routes.flatMap(route => route.endpoint.refusals ?? []).map(kind => [kind.code, kind]))
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>助联接口 · Zhulian API</title>
<style nonce="${nonce}">
body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1f2328}
code{font-family:ui-monospace,monospace;background:#f0f2f5;padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid #d0d7de}
h2{margin-top:2rem}.en{color:#595959}a{color:#0b5cad}
.wide{overflow-x:auto}button{font:inherit;min-height:2.75rem;padding:.3rem .8rem;border:1px solid #0b5cad;border-radius:6px;background:#fff;color:#0b5cad;cursor:pointer}
button:disabled{opacity:.6}.try{min-height:2rem;padding:0 .6rem;margin-top:.3rem}:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}
.ask{position:sticky;left:0;max-width:calc(100vw - 3rem);box-sizing:border-box;display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem;padding:.6rem;background:#f6f8fa;border-radius:6px}.ask label{display:grid;gap:.2rem}
.ask input,.ask textarea{font:inherit;padding:.4rem;border:1px solid #8c959f;border-radius:4px;min-width:0}.ask textarea{font-family:ui-monospace,monospace}
.ask button{justify-self:start}pre{max-height:24rem;overflow:auto;background:#fff;border:1px solid #d0d7de;border-radius:6px;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
</style><script type="module" src="/try.js"></script></head><body>
<h1>助联接口 <span class="en" lang="en">Zhulian API</span></h1>
<p>机器可读的说明见 <a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）。写入请求须带 <code>Idempotency-Key</code>（16–64 个字符）；已登录时还须带 <code>X-CSRF-Token</code>，取自 <code>GET /api/session</code>。修改带 <code>version</code> 的内容时，用 <code>If-Match</code> 带回所改的版本。</p>
<p class="en" lang="en">The description for machines is <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Writes carry <code>Idempotency-Key</code> (16–64 characters) and, with a session, <code>X-CSRF-Token</code> from <code>GET /api/session</code>. Edits of an answer with a <code>version</code> send it back in <code>If-Match</code>.</p>
<p id="who" role="status"></p>
${[...modules].map(([module, own]) => moduleHtml(module, own)).join('\n')}
<h2>不能办理时的代码 <span class="en" lang="en">Refusals</span></h2>
<table><thead><tr><th scope="col">代码 <span class="en" lang="en">Code</span></th><th scope="col">状态 <span class="en" lang="en">Status</span></th></tr></thead><tbody>
${[...codes.values()].map(kind => `<tr id="${escape(kind.code)}"><td><code>${escape(kind.code)}</code></td><td>${kind.status}</td></tr>`).join('\n')}
</tbody></table></body></html>`
}

const moduleHtml = (
  module: string,
  routes: readonly Route[],
): string => `<h2 id="${escape(module)}">${escape(module)}</h2>
<div class="wide"><table><thead><tr><th scope="col">请求 <span class="en" lang="en">Request</span></th><th scope="col">谁可以 <span class="en" lang="en">Who may</span></th><th scope="col">目的与轨迹 <span class="en" lang="en">Purpose, trail</span></th><th scope="col">可能的答复 <span class="en" lang="en">Refusals</span></th></tr></thead><tbody>
${routes.map(rowHtml).join('\n')}
</tbody></table></div>`

function rowHtml({ method, path, endpoint, entry }: Route): string {
  const trail =
    entry.audit === 'notPersonal'
      ? '—'
      : `${escape(entry.audit.zh)} <span class="en" lang="en">${escape(entry.audit.en)}</span>`
  const refusals = (endpoint.refusals ?? [])
    .map(kind => `<a href="#${escape(kind.code)}"><code>${escape(kind.code)}</code></a>`)
    .join(' ')
  return `<tr data-method="${method}" data-path="${escape(describedPath(path))}"><td><code>${method} ${escape(path)}</code><br><span class="en" lang="en">${escape(endpoint.summary)}</span>${exampleHtml(endpoint)}</td><td>${whoHtml(entry.may)}</td><td><code>${entry.purpose}</code><br>${trail}</td><td>${refusals}</td></tr>`
}

function exampleHtml({ body }: Route['endpoint']): string {
  const [example] = (body?.meta()?.['examples'] as readonly unknown[] | undefined) ?? []
  return example ? `<br><code>${escape(JSON.stringify(example))}</code>` : ''
}

function whoHtml(may: Route['entry']['may']): string {
  if (may === 'anyone') return '任何人 <span class="en" lang="en">anyone</span>'
  if (may === 'signedIn') return '已登录 <span class="en" lang="en">signed in</span>'
  return may.map(role => `${roleWords[role].zh} <span class="en" lang="en">${roleWords[role].en}</span>`).join('<br>')
}

const escape = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
