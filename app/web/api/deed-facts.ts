import { type CloudDeed, type DeedKind, shapeOf } from '#app/domain/cloud/deeds.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import type { WrongFields } from './problems.server.ts'

/** Names that are others in the product than in the API. */
const renamed: Readonly<Record<string, string>> = { location: 'zone' }
const written = Object.fromEntries(Object.entries(renamed).map(([api, own]) => [own, api]))

const camel = (name: string) => renamed[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const snake = (name: string) => written[name] ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Ids are told as people see them; what is none of that kind stands for nothing. */
const decoded: Readonly<Record<string, (text: string) => string>> = {
  server_id: (text) => fromPublicId('resource', text) ?? '',
  backup_id: (text) => fromPublicId('backup', text) ?? '',
  image: (text) => fromPublicId('image', text) ?? text,
}

function ownForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ownForm)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      camel(name),
      typeof held === 'string' && decoded[name] ? decoded[name](held) : ownForm(held),
    ]),
  )
}

/** The deed that a body asks for, by the deed's own rules; what is wrong is told at the fields of the body. */
export function deedOfBody(kind: DeedKind, body: unknown): { readonly deed: CloudDeed } | WrongFields {
  const parsed = shapeOf(kind).safeParse(ownForm(body ?? {}))
  if (parsed.success) return { deed: { kind, ...parsed.data } as CloudDeed }
  return {
    wrong: parsed.error.issues.map(({ path, message }) => ({
      pointer: `/${path.map((part) => snake(String(part))).join('/')}`,
      code: /^[a-z0-9-]+$/.test(message) ? message : 'invalid',
    })),
  }
}
