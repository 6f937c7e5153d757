import type { LoaderFunctionArgs } from '@remix-run/node'
import { storeFile } from '#app/web/answers/store-files.server.ts'

export const loader = ({ request }: LoaderFunctionArgs) => storeFile(request, 'llms.txt')
