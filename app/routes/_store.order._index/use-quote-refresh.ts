import { useLocation, useSubmit } from '@remix-run/react'
import { useRef } from 'react'
import type { FormChange } from '#app/ui/forms/use-filled-before.ts'

/** Asks for the quote of the new choice; texts typed so far stay where they are. The address holds the choice. */
export function useQuoteRefresh() {
  const submit = useSubmit()
  const { pathname } = useLocation()
  const last = useRef('')
  return ({ target, currentTarget }: FormChange) => {
    if (!(target instanceof HTMLInputElement) || !isChoice(target)) return
    const fields = new FormData(currentTarget)
    const next = choiceIn(fields)
    if (next.toString() === last.current) return
    last.current = next.toString()
    submit(next, { method: 'get', action: pathname, replace: true, preventScrollReset: true })
  }
}

function isChoice({ type, name }: HTMLInputElement): boolean {
  return type === 'radio' || (type === 'checkbox' && name === 'option') || name === 'quantity'
}

function choiceIn(fields: FormData): URLSearchParams {
  const text = (name: string) => String(fields.get(name) ?? '')
  const pairs = ['plan', 'location', 'image', 'quantity', 'project', 'network', 'key', 'line', 'code'].map((name) => [name, text(name)])
  const options = fields.getAll('option').map((option) => ['option', String(option)])
  return new URLSearchParams([...pairs, ...options].filter(([, value]) => value !== ''))
}
