import { redirect } from '@remix-run/node'

/** Browsers that look here without reading the page find the seller's own mark. */
export const loader = () => redirect('/brand/favicon.svg')
