import { z } from 'zod'
import { priceModelKinds } from '../models/price-model.ts'
import { priceModels } from '../models/registry.ts'
import { PlanFile, planFormat } from './plan-file.ts'

type Schema = { [key: string]: unknown; properties?: Record<string, Schema>; items?: Schema }

/** The plan format as JSON Schema (2020-12), for editors and other programs: what readPlan takes, but for rules across fields. */
export function planJsonSchema(): Schema {
  const schema = z.toJSONSchema(PlanFile, { io: 'input' }) as Schema
  const usage = schema.properties?.usage?.items
  if (usage?.properties) usage.properties.model = { anyOf: priceModelKinds.map(modelSchema) }
  return { ...schema, $id: `https://livery.example/schemas/${planFormat}.json`, title: 'Livery price plan' }
}

function modelSchema(kind: (typeof priceModelKinds)[number]): Schema {
  const { $schema: _, ...params } = z.toJSONSchema(priceModels[kind].params, { io: 'input' }) as Schema & { required?: string[] }
  return { ...params, properties: { kind: { const: kind }, ...params.properties }, required: ['kind', ...(params.required ?? [])] }
}
