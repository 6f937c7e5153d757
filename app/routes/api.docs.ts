import { redirect } from '@remix-run/node'

/** The reference for people stands in the panel. */
export const loader = () => redirect('/panel/api-keys/reference')
