import { Form } from '@remix-run/react'
import { Play, Power, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FormToken } from './form-token.tsx'
import { State } from './state.tsx'
import { SubmitButton } from './submit-button.tsx'

const icons = { start: Play, stop: Power, reboot: RotateCw } as const
type QuickAction = keyof typeof icons

type ServerActionsProps = { actions: readonly string[]; pendingAction: string | null; actionPath: string }

/** The deeds the cloud can do to a server in its present state. While one is under way the others wait. */
export function ServerActions({ actions, pendingAction, actionPath }: ServerActionsProps) {
  const { t } = useTranslation('common')
  if (pendingAction) {
    return (
      <span className="text-sm" role="status">
        <State tone="info" isMoving>
          {t(`server.pending.${pendingAction as QuickAction}`)}
        </State>
      </span>
    )
  }
  const offered = (Object.keys(icons) as QuickAction[]).filter((action) => actions.includes(action))
  return (
    <Form method="post" action={actionPath} className="flex flex-wrap gap-2">
      <FormToken />
      {offered.map((action) => {
        const Icon = icons[action]
        return (
          <SubmitButton
            key={action}
            name="action"
            value={action}
            look={action === 'start' ? 'primary' : 'secondary'}
            size="small"
            className="h-9"
          >
            <Icon aria-hidden className="size-4" />
            {t(`server.action.${action}`)}
          </SubmitButton>
        )
      })}
    </Form>
  )
}
