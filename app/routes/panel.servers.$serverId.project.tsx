import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { tagText, typedTags } from '#app/domain/project/tags.ts'
import { listOpenProjects, readResourcePlace } from '#app/reports/projects/query.server.ts'
import { placeResource, tagResource } from '#app/services/projects/place-resource.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextArea } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const PlaceForm = z.object({ projectId: z.union([uuid, z.literal('')]).optional(), tags: z.string().max(3_000, 'too-long').optional() })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  return asCustomer(request, 'server:read', async (ctx, { can }) => {
    const place = orNotFound(await readResourcePlace(ctx, serverId))
    return { place, projects: await listOpenProjects(ctx, place.accountId), mayWrite: can('project:write') }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const resourceId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const form = await parseForm(request, PlaceForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { projectId = '', tags: text = '' } = form.value
  const tags = typedTags(text)
  if (!tags) return data({ fields: { tags: 'tags' }, values: { projectId, tags: text } }, { status: 422 })
  const placed = await asCustomer(request, 'project:write', async (ctx) => {
    const inProject = await placeResource(ctx, { resourceId, projectId: projectId || null })
    return inProject.ok ? tagResource(ctx, { resourceId, tags }) : inProject
  })
  if (!placed.ok)
    return data(
      { fields: { projectId: placed.error === 'project-stopped' ? placed.error : 'invalid' }, values: { projectId, tags: text } },
      { status: 422 },
    )
  return redirectWithToast(request, `/panel/servers/${resourceId}/project`, 'saved')
}

export default function ServerProject() {
  const { place, projects, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('project')
  const { error, typed } = useFieldErrors(answer)
  const written = place.tags.map(tagText).join('\n')
  return (
    <Card title={t('place.title')} className="max-w-2xl">
      <Form method="post" className="grid gap-5" key={`${place.project?.id} ${written}`}>
        <FormToken />
        <Select
          name="projectId"
          label={t('project')}
          help={t('place.help')}
          defaultValue={typed('projectId') ?? place.project?.id ?? ''}
          error={error('projectId')}
          disabled={!mayWrite}
        >
          <option value="">{t('usage.without.project')}</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextArea
          name="tags"
          label={t('tags.title')}
          help={t('tags.help')}
          isCode
          defaultValue={typed('tags') ?? written}
          error={error('tags')}
          maxLength={3_000}
          disabled={!mayWrite}
        />
        <div className="flex flex-wrap items-center gap-4">
          {mayWrite ? <SubmitButton>{t('save')}</SubmitButton> : null}
          <TextLink to="/panel/projects">{t('title')}</TextLink>
        </div>
      </Form>
    </Card>
  )
}
