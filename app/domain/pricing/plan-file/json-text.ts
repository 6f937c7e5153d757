/** A JSON text as read: its value, and for every value the line it starts on, by JSON pointer. Lines count from 1. */
export type JsonText =
  | { readonly ok: true; readonly value: unknown; readonly lines: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly error: 'invalid-json' | 'duplicate-key' | 'too-deep'; readonly pointer: string; readonly line: number }

const deepest = 40

/** Reads `text` as JSON and notes where everything stands. A key that is given twice is refused: one of the two would be lost. */
export function readJsonText(text: string): JsonText {
  const reader: Reader = { text: text.replace(/^\u{FEFF}/u, ''), at: 0, line: 1, lines: new Map() }
  try {
    const value = readValue(reader, [])
    if (nextToken(reader) !== '') throw new Fault('invalid-json', [])
    return { ok: true, value, lines: reader.lines }
  } catch (failure) {
    if (!(failure instanceof Fault)) throw failure
    return { ok: false, error: failure.code, pointer: pointerOf(failure.path), line: reader.line }
  }
}

/** The JSON pointer (RFC 6901) of a path of keys and indices. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The line of the value a pointer names, or of the nearest value around it that is there. */
export function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let nearest = pointer; ; nearest = nearest.slice(0, nearest.lastIndexOf('/'))) {
    const line = lines.get(nearest)
    if (line !== undefined || nearest === '') return line ?? 1
  }
}

type Path = readonly (string | number)[]
type Reader = { readonly text: string; at: number; line: number; readonly lines: Map<string, number> }

class Fault extends Error {
  constructor(
    readonly code: 'invalid-json' | 'duplicate-key' | 'too-deep',
    readonly path: Path,
  ) {
    super(code)
  }
}

const token = /[\t\n\r ]*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)?/y

/** The next token; empty at the end of the text. */
function nextToken(reader: Reader): string {
  token.lastIndex = reader.at
  const found = token.exec(reader.text)
  const [whole = '', word = ''] = found ?? []
  reader.at += whole.length
  reader.line += whole.slice(0, whole.length - word.length).split('\n').length - 1
  if (word === '' && reader.at < reader.text.length) throw new Fault('invalid-json', [])
  return word
}

function readValue(reader: Reader, path: Path, word = nextToken(reader)): unknown {
  if (path.length > deepest) throw new Fault('too-deep', path)
  reader.lines.set(pointerOf(path), reader.line)
  if (word === '{') return readObject(reader, path)
  if (word === '[') return readArray(reader, path)
  return readScalar(word, path)
}

function readObject(reader: Reader, path: Path): Record<string, unknown> {
  const members = new Map<string, unknown>()
  let word = nextToken(reader)
  while (word !== '}') {
    const key = word.startsWith('"') ? readScalar(word, path) : undefined
    if (typeof key !== 'string') throw new Fault('invalid-json', path)
    if (members.has(key)) throw new Fault('duplicate-key', [...path, key])
    expect(nextToken(reader), ':', path)
    members.set(key, readValue(reader, [...path, key]))
    word = afterMember(reader, '}', path)
  }
  return Object.fromEntries(members)
}

function readArray(reader: Reader, path: Path): unknown[] {
  const values: unknown[] = []
  let word = nextToken(reader)
  while (word !== ']') {
    values.push(readValue(reader, [...path, values.length], word))
    word = afterMember(reader, ']', path)
  }
  return values
}

/** What follows a member: the end, or after a comma the first word of the next one, which is not the end. */
function afterMember(reader: Reader, end: string, path: Path): string {
  const word = nextToken(reader)
  if (word === end) return word
  expect(word, ',', path)
  const next = nextToken(reader)
  if (next === end) throw new Fault('invalid-json', path)
  return next
}

function expect(word: string, wanted: string, path: Path): void {
  if (word !== wanted) throw new Fault('invalid-json', path)
}

function readScalar(word: string, path: Path): unknown {
  try {
    return JSON.parse(word)
  } catch {
    // A word that is no JSON value makes the text invalid, whatever the engine says about it.
    throw new Fault('invalid-json', path)
  }
}
