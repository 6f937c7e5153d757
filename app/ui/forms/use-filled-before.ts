import { type FormEvent, type RefObject, useEffect, useRef } from 'react'

/** What changed, of a form that is followed. */
export type FormChange = Pick<FormEvent<HTMLFormElement>, 'target' | 'currentTarget'>

/**
 * For the form whose figures `follow` what is typed: what was typed or chosen before the page came to life, or kept by the browser when the
 * page was loaded again, is followed too. Without it the figures beside the form would be those of another choice.
 */
export function useFilledBefore(follow: (change: FormChange) => void): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null)
  const isSeen = useRef(false)
  useEffect(() => {
    const { current } = form
    if (isSeen.current || !current) return
    isSeen.current = true
    for (const field of current.elements) if (isFilledIn(field)) follow({ target: field, currentTarget: current })
  })
  return form
}

function isFilledIn(field: Element): boolean {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].findIndex(({ defaultSelected }) => defaultSelected)
    return field.selectedIndex !== Math.max(0, first)
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (!(field instanceof HTMLInputElement) || field.type === 'hidden') return false
  return field.type === 'radio' || field.type === 'checkbox' ? field.checked && !field.defaultChecked : field.value !== field.defaultValue
}
