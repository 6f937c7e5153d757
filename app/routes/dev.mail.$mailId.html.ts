import type { LoaderFunctionArgs } from '@remix-run/node'
import { devMail } from '#app/web/desks/dev-mail.server.ts'

/** The mail as its reader sees it, for the frame of the inbox: no scripts, nothing from elsewhere. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { html } = await devMail(request, params.mailId)
  const withNewTabs = html.replace(/<head([^>]*)>/i, '<head$1><base target="_blank">')
  return new Response(withNewTabs, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'Cache-Control': 'private, no-store',
    },
  })
}
