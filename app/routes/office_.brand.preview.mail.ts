import type { LoaderFunctionArgs } from '@remix-run/node'
import { sampleMailResponse } from '#app/web/branding/brand-samples.server.ts'

/** A mail in the draft of the brand. */
export const loader = ({ request }: LoaderFunctionArgs) => sampleMailResponse(request)
