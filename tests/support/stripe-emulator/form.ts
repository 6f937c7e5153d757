/** A body as it was sent: `a[b][0]=c` becomes `{ a: { b: { 0: 'c' } } }`. */
export type Form = { readonly [name: string]: string | Form }

export function readForm(text: string): Form {
  const form: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '')
    let place = form
    for (const part of path.slice(0, -1)) {
      place[part] ??= {}
      place = place[part] as Record<string, unknown>
    }
    place[path.at(-1) ?? ''] = value
  }
  return form as Form
}

export const textAt = (form: Form, name: string): string | null => (typeof form[name] === 'string' ? form[name] : null)
export const formAt = (form: Form, name: string): Form => (typeof form[name] === 'object' ? form[name] : {})
export const listAt = (form: Form, name: string): (string | Form)[] => Object.values(formAt(form, name))
export const numberAt = (form: Form, name: string): number => Number(textAt(form, name) ?? 0)
export const textsAt = (form: Form, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(formAt(form, name)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
