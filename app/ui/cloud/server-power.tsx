import { Form } from '@remix-run/react'
import { Play, Power, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type PowerAction, powerActions } from '#app/domain/cloud/server-actions.ts'
import { TextLink } from '../base/text-link.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

/** The page that asks whether it is meant, for one server or several. */
const powerPath = '/panel/servers/power'
const formId = 'power'

export const powerIcons = { start: Play, stop: Power, reboot: RotateCw } as const

/** The address at which `action` is asked of one server. */
export const powerPathOf = (action: PowerAction, serverId: string): string => `${powerPath}?action=${action}&server=${serverId}`

/** Picks one server of a list for the bar below it. */
export function ServerTick({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useTranslation('common')
  return (
    <input
      type="checkbox"
      form={formId}
      name="server"
      value={id}
      aria-label={t('server.pick', { name })}
      className="size-5 shrink-0 accent-accent"
    />
  )
}

/** What can be done to one server of a list at once. */
export function RowActions({ id, name, actions }: { readonly id: string; readonly name: string; readonly actions: readonly string[] }) {
  const { t } = useTranslation('common')
  return (
    <span className="inline-flex gap-1">
      {powerActions
        .filter((action) => actions.includes(action))
        .map((action) => {
          const Icon = powerIcons[action]
          return (
            <TextLink key={action} to={powerPathOf(action, id)} isQuiet className="inline-grid size-7 place-items-center rounded-tag">
              <Icon aria-hidden className="size-4" />
              <span className="sr-only">{t('server.actOn', { action: t(`server.action.${action}`), name })}</span>
            </TextLink>
          )
        })}
    </span>
  )
}

/** Does the same to all servers that are picked; the next page asks whether it is meant. */
export function PowerBar() {
  const { t } = useTranslation('common')
  return (
    <Form
      id={formId}
      method="get"
      action={powerPath}
      className="no-print flex flex-wrap items-center gap-2 border-t border-border px-card py-4"
    >
      <span className="text-sm text-muted">{t('server.picked')}</span>
      {powerActions.map((action) => {
        const Icon = powerIcons[action]
        return (
          <SubmitButton key={action} name="action" value={action} look="secondary" size="small">
            <Icon aria-hidden className="size-4" />
            {t(`server.action.${action}`)}
          </SubmitButton>
        )
      })}
    </Form>
  )
}
