const prefix = 'option-'

/** The name of an option's field: the form has one for each. */
export function optionField(code: string): string {
  return `${prefix}${code}`
}

/** The code of the option a field is for; undefined for any other field. */
export function optionOf(field: string): string | undefined {
  return field.startsWith(prefix) ? field.slice(prefix.length) : undefined
}
