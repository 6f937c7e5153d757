import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { passkeyQuestion } from '#app/web/sign-in/passkey-questions.server.ts'

/** What a page's script asks the browser's passkeys. Without scripts nobody comes here. */
export const action = ({ request }: ActionFunctionArgs) => passkeyQuestion(request)

export const loader = () => redirect('/')
