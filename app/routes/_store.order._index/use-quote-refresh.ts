import { useLocation, useSubmit } from '@remix-run/react'
import { type FormEvent, useRef } from 'react'
import { optionOf } from './option-field.ts'

/**
 * Asks for the quote of the new choice; texts typed so far stay where they are. The address holds the choice. Codes that count
 * are judged anew for it, by the deed that judged them first.
 */
export function useQuoteRefresh(applied: readonly string[]) {
  const submit = useSubmit()
  const { pathname } = useLocation()
  const last = useRef('')
  return (event: FormEvent<HTMLFormElement>) => {
    const target = event.target as HTMLElement
    if (!(target instanceof HTMLInputElement) || !isChoice(target)) return
    const fields = new FormData(event.currentTarget)
    const next = choiceIn(fields)
    if (next.toString() === last.current) return
    last.current = next.toString()
    if (applied.length === 0) {
      submit(next, { method: 'get', action: pathname, replace: true, preventScrollReset: true })
      return
    }
    next.delete('code')
    fields.delete('promoCode')
    fields.set('deed', 'apply')
    submit(fields, { method: 'post', action: `${pathname}?index&${next}`, replace: true, preventScrollReset: true })
  }
}

function isChoice({ type, name }: HTMLInputElement): boolean {
  return type === 'radio' || (type === 'checkbox' && optionOf(name) !== undefined)
}

function choiceIn(fields: FormData): URLSearchParams {
  const text = (name: string) => String(fields.get(name) ?? '')
  const pairs = ['plan', 'location', 'image'].map((name) => [name, text(name)])
  const options = [...fields.keys()].flatMap((name) => optionOf(name) ?? []).map((option) => ['option', option])
  return new URLSearchParams([...pairs, ...options, ['code', text('promoCode')]].filter(([, value]) => value !== ''))
}
