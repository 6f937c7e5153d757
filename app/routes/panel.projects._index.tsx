import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listProjects } from '#app/reports/projects/query.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ProjectTable } from '#app/ui/people/project-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const NewForm = z.object({ name: line(80) })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    projects: await listProjects(ctx),
    mayWrite: can('project:write'),
  }))
  return { ...page, title: await pageTitle(request, 'project', 'title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NewForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const added = await asCustomer(request, 'project:write', (ctx, { accountId }) => addProject(ctx, { accountId, ...form.value }))
  if (!added.ok) return data({ fields: { name: added.error }, values: form.value }, { status: 422 })
  return redirectWithToast(request, `/panel/projects/${added.value}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Projects() {
  const { projects, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('project')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('lead')}
        actions={
          <ButtonLink to="/panel/usage?by=project" look="secondary">
            {t('compare')}
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        <Card isFlush>
          <ProjectTable projects={projects} pathOf={(id) => `/panel/projects/${id}`} />
        </Card>
        {mayWrite ? (
          <Card title={t('new')} className="max-w-2xl">
            <Form method="post" className="grid gap-5">
              <FormToken />
              <TextInput name="name" label={t('name')} required maxLength={80} defaultValue={typed('name')} error={error('name')} />
              <div>
                <SubmitButton>{t('create')}</SubmitButton>
              </div>
            </Form>
          </Card>
        ) : null}
      </div>
    </>
  )
}
