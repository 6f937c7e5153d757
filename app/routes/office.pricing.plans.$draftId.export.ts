import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPlanDraft } from '#app/reports/plans/draft.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The plan of a draft as a file of the plan format. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const draft = orNotFound(await asStaff(request, 'catalog:read', (ctx) => readPlanDraft(ctx, id)))
  return new Response(`${JSON.stringify(draft.plan, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="plan-${draft.id}.json"`,
      'Cache-Control': 'private, no-store',
    },
  })
}
