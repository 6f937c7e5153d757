const special = /["\\]/

/**
 * One column of many rows as the text of a PostgreSQL array, for a parameter such as `${sqlArray(rows, (row) => row.id)}::uuid[]`.
 * The client hands one text on as it is; of a JavaScript array it turns over every element several times. Null is NULL.
 */
export function sqlArray<T>(rows: readonly T[], pick: (row: T) => string | null): string {
  let text = '{'
  for (const row of rows) {
    const value = pick(row)
    if (value === null) text += 'NULL,'
    else text += special.test(value) ? `"${value.replaceAll(/["\\]/g, '\\$&')}",` : `"${value}",`
  }
  return text === '{' ? '{}' : `${text.slice(0, -1)}}`
}
