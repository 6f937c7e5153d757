import { useNavigate } from '@remix-run/react'
import { createContext, useContext, useEffect, useRef } from 'react'
import { type Press, readPress, type ShortcutDeed, waitMs } from './shortcut-keys.ts'

/** Where the keys of a shell lead; null where there is no such page, or none for the reader. */
export type ShortcutWays = {
  readonly isOn: boolean
  readonly homePath: string
  readonly servers: string | null
  readonly billing: string | null
  /** In the store: loaded afresh. */
  readonly create: string | null
}

export const ShortcutContext = createContext<ShortcutWays | null>(null)
/** The keys of the shell a page stands in; null outside of one. */
export const useShortcutWays = () => useContext(ShortcutContext)

export const searchFieldId = 'shell-search'
const typed = 'input, textarea, select, canvas, iframe, [contenteditable=""], [contenteditable="true"], [role="textbox"]'

/** Listens to the keys of the shell while they are on; `showKeys` opens their list. */
export function useShortcuts(ways: ShortcutWays | null, showKeys: () => void): void {
  const navigate = useNavigate()
  const begunAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (!ways?.isOn) return
    const goTo = (path: string | null) => (path ? () => navigate(path) : null)
    const deeds: Readonly<Record<ShortcutDeed, (() => void) | null>> = {
      search: () => focusSearch() || navigate(`${ways.homePath}/search`, { state: { toSearch: true } }),
      keys: showKeys,
      overview: goTo(ways.homePath),
      servers: goTo(ways.servers),
      billing: goTo(ways.billing),
      create: ways.create ? () => window.location.assign(ways.create ?? '') : null,
    }
    const listen = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return
      const { deed, begins } = readPress(pressOf(event), { isAfterG: event.timeStamp - begunAt.current < waitMs })
      begunAt.current = begins ? event.timeStamp : Number.NEGATIVE_INFINITY
      const act = deed && deeds[deed]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })
}

/** Answered already, held down, on the way to a letter of another script or to a capital, or meant for a dialog. */
function isElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.key === 'Shift') return true
  return document.querySelector('dialog[open]') !== null
}

function pressOf({ key, code, ctrlKey, metaKey, altKey, target }: KeyboardEvent): Press {
  const isTyping = target instanceof Element && target.closest(typed) !== null && !isButtonLike(target)
  return { key, code, hasControl: ctrlKey || metaKey, hasAlt: altKey, isTyping }
}

/** Boxes and buttons are inputs in which nothing is written. */
function isButtonLike(target: Element): boolean {
  return target instanceof HTMLInputElement && ['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color'].includes(target.type)
}

/** The field of the page, else that of the shell; false where none is to be seen, on a phone for one. */
function focusSearch(): boolean {
  const fields = ['q', searchFieldId].map((id) => document.getElementById(id))
  const field = fields.find(
    (each): each is HTMLInputElement => each instanceof HTMLInputElement && each.type === 'search' && each.offsetParent !== null,
  )
  field?.focus()
  field?.select()
  return field !== undefined
}
