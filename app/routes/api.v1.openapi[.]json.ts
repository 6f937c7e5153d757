import { apiReference } from '#app/web/api/openapi.ts'

/** The reference for programs; it holds nothing of anybody. */
export const loader = () => Response.json(apiReference())
