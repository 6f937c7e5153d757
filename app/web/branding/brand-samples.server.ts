import { sampleInvoice, sampleMail } from '#app/wiring.server.ts'
import { staffOf } from '../request/as-staff.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { brandShown } from './brand-preview.server.ts'

/** A mail in the draft's look, for the frame of the editor: nothing in it may run or reach out. @throws 403 for who may not change the brand. */
export async function sampleMailResponse(request: Request): Promise<Response> {
  const html = await sampleMail(await sampleOf(request))
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-ancestors 'self'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  })
}

/** An invoice in the draft's look, as a drawing. @throws as above. */
export async function sampleInvoiceResponse(request: Request): Promise<Response> {
  const svg = await sampleInvoice(await sampleOf(request))
  return new Response(svg, {
    headers: {
      'Content-Type': 'image/svg+xml',
      'Content-Security-Policy': "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'",
      'Cache-Control': 'private, no-store',
    },
  })
}

async function sampleOf(request: Request) {
  const { tenant } = await staffOf(request, 'brand:write')
  return { brand: await brandShown(request, tenant), language: await languageOf(request, tenant), host: tenant.host }
}
