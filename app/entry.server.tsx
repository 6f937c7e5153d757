import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import type { ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { i18nWith } from '#app/i18n/i18n.server.ts'
import { NonceContext } from '#app/web/answers/nonce.tsx'
import { brandShown } from '#app/web/branding/brand-preview.server.ts'
import { areaOf } from '#app/web/request/area.ts'
import type { RootFacts } from '#app/web/request/page-facts.server.ts'
import { pageTextsJson } from '#app/web/request/page-texts.server.ts'
import { PageTextsContext } from '#app/web/request/page-texts.tsx'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { findTenant } from '#app/web/request/tenant-of.server.ts'
import { keepPage } from '#app/web/server/kept-pages.server.ts'
import { logFailure } from '#app/web/server/log-failure.server.ts'
import { withoutGaps } from '#app/web/server/without-gaps.server.ts'

export { mayHaveCertificate } from '#app/services/domains/may-have-certificate.server.ts'
export { findTenant } from '#app/web/request/tenant-of.server.ts'
export { keptPage, keptPageKey, stopMaking } from '#app/web/server/kept-pages.server.ts'

/** A page that has not finished by then is cut off. */
export const streamTimeout = 10_000

/** Renders a page in the reader's language with the nonce of its content security policy. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { nonce, keptPage }: AppLoadContext,
) {
  const tenant = await findTenant(request.headers.get('host'))
  const language = await languageOf(request, tenant)
  const area = areaOf(new URL(request.url).pathname)
  const words = tenant ? (await brandShown(request, tenant)).pack.words[language] : undefined
  const texts = pageTextsJson(area, language, words)
  const page = (
    <NonceContext.Provider value={nonce}>
      <PageTextsContext.Provider value={texts}>
        <I18nextProvider i18n={i18nWith(language, words)}>
          <RemixServer context={remix} url={request.url} nonce={nonce} abortDelay={streamTimeout} />
        </I18nextProvider>
      </PageTextsContext.Provider>
    </NonceContext.Provider>
  )
  headers.set('Content-Type', 'text/html; charset=utf-8')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', area === 'store' ? 'private, no-cache' : 'private, no-store')
  const answer = await render(page, { request, status, headers, nonce })
  if (!keptPage || status !== 200) return answer
  const html = await answer.text()
  const { formToken, requestId } = remix.staticHandlerContext.loaderData.root as RootFacts
  if (answer.status === 200) keepPage(keptPage, html, { nonce, formToken, requestId })
  return new Response(html, answer)
}

/** A crawler gets the finished page, a person the shell as soon as it stands. */
function render(
  page: ReactNode,
  { request, status, headers, nonce }: { request: Request; status: number; headers: Headers; nonce: string },
) {
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady'
  return new Promise<Response>((resolve, reject) => {
    let answer = status
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      [ready]() {
        const body = withoutGaps()
        resolve(new Response(createReadableStreamFromReadable(body), { status: answer, headers }))
        pipe(body)
      },
      onShellError: reject,
      onError(failure: unknown) {
        answer = 500
        logFailure(request, failure)
      },
    })
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/** Failures of loaders and actions. What reaches the browser is a number and the id of the request, never the message. */
export function handleError(failure: unknown, { request }: { request: Request }) {
  const isRefusal = isRouteErrorResponse(failure) && failure.status < 500
  if (!request.signal.aborted && !isRefusal) logFailure(request, failure)
}
