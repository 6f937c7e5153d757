import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { liveAnswer } from '#app/web/answers/live-answer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { lookAtTyped } from './office.pricing.plans.$draftId._index/act-on-draft.server.ts'

/** What a plan will charge, asked while it is filled in. */
export async function action({ request, params }: ActionFunctionArgs) {
  const draftId = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const copy = request.clone()
  await parseForm(request, z.object({}))
  const { preview } = await lookAtTyped(request, draftId, await copy.formData())
  return liveAnswer(preview)
}
