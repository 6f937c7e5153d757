import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classNames } from '../base/class-names.ts'

const control =
  'w-full rounded-control border border-border-strong bg-surface px-3 text-text transition-colors ' +
  'hover:border-text aria-invalid:border-critical disabled:cursor-not-allowed disabled:bg-soft disabled:text-muted'

type FieldFrame = { label: ReactNode; help?: ReactNode; error?: string | undefined; isOptional?: string; className?: string }

/** Ids that tie a control to its help or error; the error takes the help's place. */
function describedBy(id: string, frame: FieldFrame): string | undefined {
  if (frame.error) return `${id}-error`
  return frame.help ? `${id}-help` : undefined
}

function Frame({ id, frame, children }: { id: string; frame: FieldFrame; children: ReactNode }) {
  return (
    <div className={classNames('flex flex-col gap-1.5', frame.className)}>
      <label htmlFor={id} className="flex items-baseline justify-between gap-4 text-sm font-medium">
        <span>{frame.label}</span>
        {frame.isOptional ? <span className="font-normal text-muted">{frame.isOptional}</span> : null}
      </label>
      {children}
      <FieldNote id={id} help={frame.help} error={frame.error} />
    </div>
  )
}

/** The line below a control: what went wrong, else what helps. */
export function FieldNote({ id, help, error }: { id: string; help?: ReactNode; error?: string | undefined }) {
  if (error) {
    return (
      <p id={`${id}-error`} className="text-sm text-critical">
        {error}
      </p>
    )
  }
  return help ? (
    <p id={`${id}-help`} className="text-sm text-muted">
      {help}
    </p>
  ) : null
}

type TextInputProps = FieldFrame & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & { name: string }

/** One line of text with its label. */
export function TextInput({ label, help, error, isOptional, className, name, ...rest }: TextInputProps) {
  const frame = { label, help, error, isOptional, className } as FieldFrame
  return (
    <Frame id={name} frame={frame}>
      <input
        id={name}
        name={name}
        className={classNames(control, 'h-control', rest.type === 'file' && 'py-2 text-sm')}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, frame)}
        {...rest}
      />
    </Frame>
  )
}

type TextAreaProps = FieldFrame & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & { name: string; isCode?: boolean }

/** Several lines of text; code keeps its letters apart and its direction. */
export function TextArea({ label, help, error, isOptional, className, name, isCode = false, ...rest }: TextAreaProps) {
  const frame = { label, help, error, isOptional, className } as FieldFrame
  const look = classNames(control, 'min-h-24 py-2', isCode && 'font-mono text-sm')
  return (
    <Frame id={name} frame={frame}>
      <textarea
        id={name}
        name={name}
        dir={isCode ? 'ltr' : undefined}
        className={look}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, frame)}
        {...rest}
      />
    </Frame>
  )
}

type SelectProps = FieldFrame & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & { name: string }

/** One of a few, by the browser's own list. */
export function Select({ label, help, error, isOptional, className, name, children, ...rest }: SelectProps) {
  const frame = { label, help, error, isOptional, className } as FieldFrame
  return (
    <Frame id={name} frame={frame}>
      <select
        id={name}
        name={name}
        className={classNames(control, 'h-control pe-8')}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, frame)}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  )
}

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'type'> & {
  name: string
  label: ReactNode
  error?: string | undefined
}

/** A yes or no. */
export function Checkbox({ name, label, error, ...rest }: CheckboxProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          id={name}
          name={name}
          className="mt-0.5 size-5 shrink-0 accent-accent"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${name}-error` : undefined}
          {...rest}
        />
        <span>{label}</span>
      </label>
      <FieldNote id={name} error={error} />
    </div>
  )
}
