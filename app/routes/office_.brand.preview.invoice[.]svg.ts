import type { LoaderFunctionArgs } from '@remix-run/node'
import { sampleInvoiceResponse } from '#app/web/branding/brand-samples.server.ts'

/** An invoice in the draft of the brand. */
export const loader = ({ request }: LoaderFunctionArgs) => sampleInvoiceResponse(request)
