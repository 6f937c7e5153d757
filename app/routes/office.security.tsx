import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { requireSecondFactor, secondFactorRule } from '#app/services/people/second-factor-rule.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { SecondFactorRuleCard } from '#app/ui/people/second-factor-rule-card.tsx'
import { SecuritySection } from '#app/ui/people/security-section.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { ownSecurity } from '#app/web/sign-in/own-sign-in.server.ts'
import { securityAction } from '#app/web/sign-in/security-action.server.ts'

const path = '/office/security'
const RuleForm = z.object({ deed: z.string().max(40).optional(), isRequired: z.literal('on').optional() })

export async function loader({ request }: LoaderFunctionArgs) {
  const { session, membership } = await staffOf(request)
  return {
    email: session.user.email,
    profile: membership.profile,
    rule: membership.isOwner ? await asStaff(request, undefined, secondFactorRule) : null,
    facts: await ownSecurity(request),
    title: await pageTitle(request, 'person', 'security.title'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const { membership } = await staffOf(request)
  const form = await parseForm(request.clone(), RuleForm)
  if (!form.ok || form.value.deed !== 'require-factor') return securityAction(request, path)
  if (!membership.isOwner) throw refuse(403, 'no-permission')
  const isRequired = form.value.isRequired === 'on'
  await asStaff(request, undefined, (ctx) => requireSecondFactor(ctx, isRequired))
  return redirectWithToast(request, path, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnSignIn() {
  const { email, profile, facts, rule } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['person', 'office', 'common'])
  const label = useLabel()
  return (
    <>
      <PageHeader
        title={t('security.title')}
        facts={[
          { label: t('common:account.email'), value: <bdi dir="ltr">{email}</bdi> },
          { label: t('office:people.profile'), value: label(`common:profile.${profile}`, profile) },
        ]}
      />
      {facts.mustSecure ? (
        <div className="mb-6">
          <Notice tone="warning" title={t('security.mustTitle')}>
            {t('security.mustText')}
          </Notice>
        </div>
      ) : null}
      <SecuritySection facts={facts} answer={answer} actionPath={path} />
      {rule ? <SecondFactorRuleCard rule={rule} actionPath={path} /> : null}
    </>
  )
}
