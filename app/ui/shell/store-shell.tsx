import { Link, NavLink } from '@remix-run/react'
import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../base/button.tsx'
import { classNames } from '../base/class-names.ts'
import { Logo, type LogoFacts } from '../base/logo.tsx'
import { type CurrencyChoice, CurrencySwitch, LanguageSwitch, ThemeSwitch } from './preference-switches.tsx'

export type StoreViewer = { readonly hasPanel: boolean; readonly hasOffice: boolean } | null

type FooterProps = {
  readonly legalLines: readonly string[]
  readonly links: readonly { readonly to: string; readonly label: string }[]
  readonly currencies: readonly CurrencyChoice[]
}
type StoreShellProps = FooterProps & { readonly logo: LogoFacts; readonly viewer: StoreViewer; readonly children: ReactNode }

/** Every public page: the seller's mark and way in above, its news and the law below. */
export function StoreShell({ logo, viewer, children, ...footer }: StoreShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-border bg-surface">
        <div className="page flex h-16 items-center gap-6">
          <Logo logo={logo} to="/" />
          <StoreNav className="hidden md:flex" />
          <div className="ms-auto flex items-center gap-2">
            <EntryLinks viewer={viewer} />
            <PhoneMenu />
          </div>
        </div>
      </header>
      <div className="grow">{children}</div>
      <StoreFooter {...footer} />
    </div>
  )
}

function StoreNav({ className }: { className?: string }) {
  const { t } = useTranslation('store')
  const link = ({ isActive }: { isActive: boolean }) =>
    classNames('flex h-9 items-center rounded-control px-3 text-sm text-muted hover:text-text', isActive && 'text-text')
  return (
    <nav aria-label={t('nav.label')} className={className}>
      <a href="/#plans" className={link({ isActive: false })}>
        {t('nav.plans')}
      </a>
      <NavLink to="/compare" className={link}>
        {t('nav.compare')}
      </NavLink>
      <a href="/#questions" className={link({ isActive: false })}>
        {t('nav.questions')}
      </a>
      <NavLink to="/cart" className={link}>
        {t('nav.cart')}
      </NavLink>
    </nav>
  )
}

function EntryLinks({ viewer }: { viewer: StoreViewer }) {
  const { t } = useTranslation('common')
  if (!viewer) {
    return (
      <>
        <ButtonLink to="/sign-in" look="quiet" size="small" className="h-9">
          {t('nav.signIn')}
        </ButtonLink>
        <ButtonLink to="/order" size="small" className="h-9 max-sm:hidden">
          {t('nav.order')}
        </ButtonLink>
      </>
    )
  }
  return (
    <>
      {viewer.hasOffice ? (
        <ButtonLink to="/office" look={viewer.hasPanel ? 'quiet' : 'secondary'} size="small" className="h-9" isOtherArea>
          {t('nav.office')}
        </ButtonLink>
      ) : null}
      {viewer.hasPanel ? (
        <ButtonLink to="/panel" look="secondary" size="small" className="h-9" isOtherArea>
          {t('nav.panel')}
        </ButtonLink>
      ) : null}
    </>
  )
}

function PhoneMenu() {
  const { t } = useTranslation('common')
  return (
    <details className="relative md:hidden">
      <summary className="flex size-9 list-none items-center justify-center rounded-control hover:bg-soft">
        <Menu aria-hidden className="size-5" />
        <span className="sr-only">{t('menu')}</span>
      </summary>
      <div className="absolute end-0 top-11 z-30 w-56 rounded-card border border-border bg-surface p-2 shadow-float">
        <StoreNav className="flex flex-col" />
      </div>
    </details>
  )
}

function StoreFooter({ legalLines, links, currencies }: FooterProps) {
  const { t } = useTranslation('common')
  return (
    <footer className="mt-24 border-t border-border bg-surface">
      <div className="page flex flex-col gap-8 py-10 text-sm sm:flex-row sm:justify-between">
        <address className="text-muted not-italic">
          {legalLines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </address>
        <div className="flex flex-col gap-6 sm:items-end">
          <nav aria-label={t('footer.label')}>
            <ul className="flex flex-wrap gap-x-6 gap-y-2">
              {links.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to} className="rounded-tag py-1 text-muted hover:text-text hover:underline">
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
            <CurrencySwitch choices={currencies} />
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
      </div>
    </footer>
  )
}
