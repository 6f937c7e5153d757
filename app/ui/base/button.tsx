import { Link } from '@remix-run/react'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'
type ButtonSize = 'medium' | 'small'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-accent-fg hover:brightness-95 active:brightness-90 dark:hover:brightness-110',
  secondary: 'border border-border-strong/60 bg-surface text-text hover:bg-soft',
  quiet: 'text-text hover:bg-soft',
  danger: 'border border-critical/50 bg-surface text-critical hover:bg-critical-soft',
}
const sizes: Record<ButtonSize, string> = { medium: 'h-control px-4', small: 'h-8 px-3 text-sm' }

const shared =
  'inline-flex items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition duration-150 ' +
  'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55'

/** The classes of a button, for elements that must look like one. */
export function buttonClasses(look: ButtonLook = 'primary', size: ButtonSize = 'medium', className?: string): string {
  return classNames(shared, looks[look], sizes[size], className)
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook; size?: ButtonSize }

/** A deed. It submits the form it stands in unless told otherwise. */
export function Button({ look, size, className, type = 'submit', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClasses(look, size, className)} {...rest} />
}

type ButtonLinkProps = { to: string; look?: ButtonLook; size?: ButtonSize; className?: string; children: ReactNode; isOtherArea?: boolean }

/** A way to another page that weighs as much as a deed. `isOtherArea` loads the page afresh, with that area's texts. */
export function ButtonLink({ to, look, size, className, children, isOtherArea = false }: ButtonLinkProps) {
  return (
    <Link to={to} reloadDocument={isOtherArea} className={buttonClasses(look, size, className)}>
      {children}
    </Link>
  )
}
