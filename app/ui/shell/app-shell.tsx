import { Form, Link, NavLink, useLocation } from '@remix-run/react'
import { Keyboard, LogOut, Menu, ShieldCheck, UserRound } from 'lucide-react'
import { type ComponentType, type MouseEvent, type ReactNode, useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../base/class-names.ts'
import { Logo, type LogoFacts } from '../base/logo.tsx'
import { PersonPicture } from '../base/person-picture.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { LanguageSwitch, ThemeSwitch } from './preference-switches.tsx'
import { ShellSearch } from './shell-search.tsx'
import { ShortcutDialog } from './shortcut-list.tsx'
import { ShortcutContext, type ShortcutWays, useShortcuts } from './use-shortcuts.ts'

export type NavItem = {
  readonly to: string
  readonly label: string
  readonly Icon: ComponentType<{ className?: string }>
  readonly isEnd?: boolean
  readonly count?: number
}
export type NavGroup = { readonly key: string; readonly label?: string; readonly items: readonly NavItem[] }

type AppShellProps = {
  logo: LogoFacts
  homePath: string
  groups: readonly NavGroup[]
  /** Beside the logo: which surface or account this is. */
  context?: ReactNode
  /** At the end of the top bar: figures, ways to the other surfaces. */
  tools?: ReactNode
  person: Person | null
  /** A state of the whole account, above every page. */
  banner?: ReactNode
  /** Where its keys lead; a shell without them has no search either: it is a picture of one. */
  shortcuts?: Omit<ShortcutWays, 'homePath'>
  children: ReactNode
}

/** Who reads, as the bar shows them. */
type Person = { readonly name: string; readonly email: string; readonly pictureUrl?: string | null }

/** Panel and office: a top bar, a rail with words, the page. On a phone the rail is behind a button that needs no script. */
export function AppShell({ logo, homePath, groups, context, tools, person, banner, shortcuts, children }: AppShellProps) {
  const { t } = useTranslation('common')
  const { dialog, showKeys, ways } = useKeys(homePath, shortcuts)
  return (
    <ShortcutContext.Provider value={ways}>
      <div className="flex min-h-dvh flex-col">
        <header className="sticky top-0 z-30 border-b border-border bg-surface">
          <div className="flex h-14 items-center gap-2 px-4 sm:gap-4 lg:px-6">
            <PhoneRail groups={groups} />
            <Logo logo={logo} to={homePath} mayShrink />
            {context ? <div className="min-w-0 border-s border-border ps-4 text-sm max-sm:hidden">{context}</div> : null}
            <div className="ms-auto flex items-center gap-1 sm:gap-3">
              {ways ? <ShellSearch homePath={homePath} hasKeys={ways.isOn} /> : null}
              {tools}
            </div>
            {person ? <PersonMenu person={person} homePath={homePath} showKeys={ways ? showKeys : undefined} /> : null}
          </div>
        </header>
        <div className="flex grow">
          <nav
            aria-label={t('nav.main')}
            className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-52 shrink-0 overflow-y-auto border-e border-border bg-surface px-3 py-4 lg:block"
          >
            <Rail groups={groups} />
          </nav>
          <div className="flex min-w-0 grow flex-col">
            {banner ? <div className="px-4 pt-4 lg:px-6">{banner}</div> : null}
            <main id="main" className="w-full max-w-[90rem] grow [--sticky-top:3.5rem] px-4 py-6 lg:px-6 lg:py-8">
              {children}
            </main>
          </div>
        </div>
        {ways ? <ShortcutDialog dialog={dialog} ways={ways} /> : null}
      </div>
    </ShortcutContext.Provider>
  )
}

/** The keys of the shell, and the dialog that lists them. */
function useKeys(homePath: string, shortcuts: AppShellProps['shortcuts']) {
  const dialog = useRef<HTMLDialogElement>(null)
  const showKeys = useCallback(() => dialog.current?.showModal(), [])
  const ways: ShortcutWays | null = shortcuts ? { ...shortcuts, homePath } : null
  useShortcuts(ways, showKeys)
  return { dialog, showKeys, ways }
}

function Rail({ groups }: { groups: readonly NavGroup[] }) {
  return groups.map((group) => (
    <div key={group.key} className="mb-5">
      {group.label ? <p className="small-label mb-1 px-3">{group.label}</p> : null}
      <ul className="flex flex-col gap-0.5">
        {group.items.map((item) => (
          <li key={item.to}>
            <NavLink
              to={item.to}
              end={item.isEnd ?? false}
              className={({ isActive }) =>
                classNames(
                  'flex h-9 items-center gap-3 rounded-control px-3 text-sm text-muted hover:bg-soft hover:text-text',
                  isActive && 'bg-accent-soft font-medium text-text',
                )
              }
            >
              <item.Icon aria-hidden className="size-4 shrink-0" />
              <span className="grow truncate">{item.label}</span>
              {item.count ? (
                <span className="tabular rounded-tag bg-warning-soft px-1.5 text-xs font-medium text-warning">{item.count}</span>
              ) : null}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  ))
}

function PhoneRail({ groups }: { groups: readonly NavGroup[] }) {
  const { t } = useTranslation('common')
  return (
    <details className="relative lg:hidden">
      <summary className="-ms-2 flex size-9 list-none items-center justify-center rounded-control hover:bg-soft">
        <Menu aria-hidden className="size-5" />
        <span className="sr-only">{t('menu')}</span>
      </summary>
      <nav
        aria-label={t('nav.main')}
        className="absolute start-0 top-11 max-h-[calc(100dvh-5rem)] w-64 overflow-y-auto rounded-card border border-border bg-surface p-3 shadow-float"
      >
        <Rail groups={groups} />
      </nav>
    </details>
  )
}

/** Without scripts the link leads to the page that lists the keys. */
function instead(event: MouseEvent, deed: () => void): void {
  event.preventDefault()
  deed()
}

type MenuProps = { person: Person; homePath: string; showKeys: (() => void) | undefined }

function PersonMenu({ person, homePath, showKeys }: MenuProps) {
  const { t } = useTranslation(['common', 'person', 'search'])
  const { pathname } = useLocation()
  const link = 'flex h-9 items-center gap-2 rounded-control px-2 text-sm hover:bg-soft'
  return (
    // Closed again on the page that it led to.
    <details key={pathname} className="relative">
      <summary className="flex h-9 list-none items-center gap-2 rounded-full" title={person.name}>
        <PersonPicture name={person.name} url={person.pictureUrl} size="small" />
        <span aria-hidden className="max-w-40 truncate text-sm max-xl:hidden">
          {person.name}
        </span>
        <span className="sr-only">{t('nav.account')}</span>
      </summary>
      <div className="absolute end-0 top-11 w-72 rounded-card border border-border bg-surface p-4 shadow-float">
        <p className="truncate font-medium">{person.name}</p>
        <p className="truncate text-sm text-muted">
          <bdi dir="ltr">{person.email}</bdi>
        </p>
        <div className="mt-4 border-t border-border pt-3">
          <Link to={`${homePath}/profile`} className={link}>
            <UserRound aria-hidden className="size-4" />
            {t('person:profile.title')}
          </Link>
          <Link to={`${homePath}/security`} className={link}>
            <ShieldCheck aria-hidden className="size-4" />
            {t('person:security.title')}
          </Link>
          {showKeys ? (
            <Link to={`${homePath}/profile#keys`} className={link} onClick={(event) => instead(event, showKeys)}>
              <Keyboard aria-hidden className="size-4" />
              {t('search:keys.title')}
            </Link>
          ) : null}
        </div>
        <div className="mt-3 flex flex-col items-start gap-3 border-t border-border pt-4">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <Form method="post" action="/sign-out" reloadDocument className="mt-4 border-t border-border pt-3">
          <FormToken />
          <button type="submit" className="flex h-9 w-full items-center gap-2 rounded-control px-2 text-sm hover:bg-soft">
            <LogOut aria-hidden className="size-4 rtl:-scale-x-100" />
            {t('nav.signOut')}
          </button>
        </Form>
      </div>
    </details>
  )
}
