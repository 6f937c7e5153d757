import { refuse } from '#app/web/request/refuse.server.ts'

/** Any other address below /office: not found, in its own frame. */
export function loader(): never {
  throw refuse(404, 'not-found')
}

export const action = loader

export default function Nowhere() {
  return null
}
