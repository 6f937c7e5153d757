import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type TextLinkProps = { to: string; children: ReactNode; className?: string; isOtherArea?: boolean; isQuiet?: boolean }

/** A link in running text or a table. A quiet one shows its line only under the pointer, where a whole column is links. */
export function TextLink({ to, children, className, isOtherArea = false, isQuiet = false }: TextLinkProps) {
  const line = isQuiet ? 'hover:underline' : 'underline decoration-accent/40 hover:decoration-current'
  return (
    <Link to={to} reloadDocument={isOtherArea} className={classNames('rounded-tag text-accent underline-offset-4', line, className)}>
      {children}
    </Link>
  )
}
