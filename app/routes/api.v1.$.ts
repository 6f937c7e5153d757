import type { LoaderFunctionArgs } from '@remix-run/node'
import { problem } from '#app/web/api/problems.server.ts'

/** Whatever else is asked for below the API. */
export const loader = ({ request }: LoaderFunctionArgs) => problem(request, 'not-found')

export const action = loader
