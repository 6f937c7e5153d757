import { Link } from '@remix-run/react'

export type LogoFacts = { readonly name: string; readonly lightUrl?: string | undefined; readonly darkUrl?: string | undefined }

/** The seller's mark, for light and for dark ground; without one, the name in the brand's type. */
export function Logo({ logo, to, isOtherArea = false }: { logo: LogoFacts; to: string; isOtherArea?: boolean }) {
  return (
    <Link to={to} reloadDocument={isOtherArea} className="flex shrink-0 items-center rounded-tag">
      {logo.lightUrl ? <img src={logo.lightUrl} alt={logo.name} className={`h-7 w-auto ${logo.darkUrl ? 'dark:hidden' : ''}`} /> : null}
      {logo.darkUrl ? (
        <img src={logo.darkUrl} alt={logo.name} className={`h-7 w-auto ${logo.lightUrl ? 'hidden dark:block' : ''}`} />
      ) : null}
      {logo.lightUrl || logo.darkUrl ? null : <span className="text-lg font-semibold tracking-tight">{logo.name}</span>}
    </Link>
  )
}
