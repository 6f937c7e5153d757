import { Link } from '@remix-run/react'
import { classNames } from './class-names.ts'

export type LogoFacts = { readonly name: string; readonly lightUrl?: string | undefined; readonly darkUrl?: string | undefined }

type LogoProps = {
  logo: LogoFacts
  to: string
  isOtherArea?: boolean
  /** Gets smaller where what stands beside it needs the room. */
  mayShrink?: boolean
}

/** The seller's mark, for light and for dark ground; without one, the name in the brand's type. */
export function Logo({ logo, to, isOtherArea = false, mayShrink = false }: LogoProps) {
  const size = 'h-7 w-auto max-w-full object-contain'
  return (
    <Link to={to} reloadDocument={isOtherArea} className={classNames('flex items-center rounded-tag', mayShrink ? 'min-w-0' : 'shrink-0')}>
      {logo.lightUrl ? <img src={logo.lightUrl} alt={logo.name} className={classNames(size, logo.darkUrl && 'dark:hidden')} /> : null}
      {logo.darkUrl ? <img src={logo.darkUrl} alt={logo.name} className={classNames(size, logo.lightUrl && 'hidden dark:block')} /> : null}
      {logo.lightUrl || logo.darkUrl ? null : <span className="truncate text-lg font-semibold tracking-tight">{logo.name}</span>}
    </Link>
  )
}
