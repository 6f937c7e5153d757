/** The fields of a form that hold text, as they are typed; files are left out. */
export function textFieldsOf(form: FormData): [name: string, text: string][] {
  return [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
