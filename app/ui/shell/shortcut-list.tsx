import { Form, useLocation } from '@remix-run/react'
import { X } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { type ShortcutWays, useShortcutWays } from './use-shortcuts.ts'

/** The list of keys over the page: the browser's own dialog, which closes with Esc and gives the focus back. */
export function ShortcutDialog({ dialog, ways }: { dialog: RefObject<HTMLDialogElement>; ways: ShortcutWays }) {
  const { t } = useTranslation(['search', 'common'])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="shortcuts-title"
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-card border border-border bg-surface p-card text-text shadow-float backdrop:bg-black/40"
    >
      <div className="mb-4 flex items-center justify-between gap-4">
        <h2 id="shortcuts-title" className="text-base font-semibold">
          {t('keys.title')}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="flex size-9 items-center justify-center rounded-control hover:bg-soft"
          title={t('keys.close')}
        >
          <X aria-hidden className="size-4" />
          <span className="sr-only">{t('keys.close')}</span>
        </button>
      </div>
      <Keys ways={ways} />
      <KeySwitch isOn={ways.isOn} />
    </dialog>
  )
}

/** The same on a page, with the switch, for those without scripts too; nothing outside a shell. */
export function ShortcutCard() {
  const { t } = useTranslation('search')
  const ways = useShortcutWays()
  if (!ways) return null
  return (
    <Card id="keys" title={t('keys.title')}>
      <Keys ways={ways} />
      <KeySwitch isOn={ways.isOn} />
    </Card>
  )
}

function Keys({ ways }: { ways: ShortcutWays }) {
  const { t } = useTranslation('search')
  const rows = [
    { keys: ['/'], word: t('keys.search'), isThere: true },
    { keys: ['Ctrl', 'K'], word: t('keys.search'), isThere: true },
    { keys: ['?'], word: t('keys.list'), isThere: true },
    { keys: ['g', 'o'], word: t('keys.overview'), isThere: true },
    { keys: ['g', 's'], word: t('keys.servers'), isThere: ways.servers !== null },
    { keys: ['g', 'b'], word: t('keys.billing'), isThere: ways.billing !== null },
    { keys: ['c'], word: t('keys.create'), isThere: ways.create !== null },
    { keys: ['Esc'], word: t('keys.close'), isThere: true },
  ].filter(({ isThere }) => isThere)
  return (
    <dl className="grid gap-2 text-sm">
      {rows.map(({ keys, word }) => (
        <div key={keys.join(' ')} className="flex items-center justify-between gap-4">
          <dt>{word}</dt>
          <dd dir="ltr" className="flex gap-1">
            {keys.map((key) => (
              <kbd key={key} className="min-w-6 rounded-tag border border-border bg-soft px-1.5 py-0.5 text-center font-mono text-xs">
                {key}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** On or off: one button of a plain form, the choice is a cookie the server reads. */
function KeySwitch({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation('search')
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/preferences" reloadDocument className="mt-5 grid gap-3 border-t border-border pt-4">
      <FormToken />
      <input type="hidden" name="returnTo" value={pathname + search} />
      <p className="text-sm text-muted">{isOn ? t('keys.on') : t('keys.off')}</p>
      <div>
        <Button look="secondary" size="small" name="shortcuts" value={isOn ? 'off' : 'on'}>
          {isOn ? t('keys.switchOff') : t('keys.switchOn')}
        </Button>
      </div>
    </Form>
  )
}
