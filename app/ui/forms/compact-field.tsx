import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react'
import { classNames } from '../base/class-names.ts'

const compact = 'h-9 rounded-control border border-border-strong/70 bg-surface px-2.5 text-sm text-text hover:border-text'

/** A small list of a filter bar. */
export function CompactSelect({ label, children, className, ...rest }: SelectHTMLAttributes<HTMLSelectElement> & { label: ReactNode }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-muted">
      {label}
      <select className={classNames(compact, 'pe-7', className)} {...rest}>
        {children}
      </select>
    </label>
  )
}

/** A small text or month field of a filter bar. */
export function CompactInput({ label, className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { label: ReactNode }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-muted">
      {label}
      <input className={classNames(compact, className)} {...rest} />
    </label>
  )
}
