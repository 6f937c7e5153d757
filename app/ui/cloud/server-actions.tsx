import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type PowerAction, powerActions } from '#app/domain/cloud/server-actions.ts'
import { ButtonLink } from '../base/button.tsx'
import { State } from '../base/state.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { powerIcons, powerPathOf } from './server-power.tsx'

type ServerActionsProps = { serverId: string; actions: readonly string[]; pendingAction: string | null; actionPath: string }

/**
 * The deeds the cloud can do to a server in its present state. While one is under way the others wait; what interrupts the server is asked
 * about on a page of its own.
 */
export function ServerActions({ serverId, actions, pendingAction, actionPath }: ServerActionsProps) {
  const { t } = useTranslation('common')
  if (pendingAction) {
    return (
      <span className="text-sm" role="status">
        <State tone="info" isMoving>
          {t(`server.pending.${pendingAction as PowerAction}`)}
        </State>
      </span>
    )
  }
  return (
    <div className="flex flex-wrap gap-2">
      {powerActions
        .filter((action) => actions.includes(action))
        .map((action) =>
          action === 'start' ? (
            <Form key={action} method="post" action={actionPath}>
              <FormToken />
              <SubmitButton name="action" value={action} size="small" className="h-9">
                <Words action={action} />
              </SubmitButton>
            </Form>
          ) : (
            <ButtonLink key={action} to={powerPathOf(action, serverId)} look="secondary" size="small" className="h-9">
              <Words action={action} />
            </ButtonLink>
          ),
        )}
    </div>
  )
}

function Words({ action }: { readonly action: PowerAction }) {
  const { t } = useTranslation('common')
  const Icon = powerIcons[action]
  return (
    <>
      <Icon aria-hidden className="size-4" />
      {t(`server.action.${action}`)}
    </>
  )
}
