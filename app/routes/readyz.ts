import type { LoaderFunctionArgs } from '@remix-run/node'
import { readinessResponse } from '#app/web/server/readiness.server.ts'

export const loader = ({ context }: LoaderFunctionArgs) => readinessResponse(context.isDraining)
