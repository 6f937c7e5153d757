import { refuse } from '#app/web/request/refuse.server.ts'

/** Any other address: not found, in the store's own clothes. */
export function loader(): never {
  throw refuse(404, 'not-found')
}

export const action = loader

export default function Nowhere() {
  return null
}
