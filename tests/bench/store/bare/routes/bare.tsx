import { useSearchParams } from '@remix-run/react'

/** A page of `?bytes=` letters and nothing else: no data, no database, no layout. */
export default function Bare() {
  const [search] = useSearchParams()
  return <main>{'a'.repeat(Number(search.get('bytes') ?? 0))}</main>
}
