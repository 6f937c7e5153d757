import type { LoaderFunctionArgs } from '@remix-run/node'
import { personPicture } from '#app/web/answers/person-pictures.server.ts'

/** The picture of a person, for those who share the store with them. */
export const loader = ({ request, params }: LoaderFunctionArgs) => personPicture(request, params.name ?? '')
