/** What an expression can see: the event that started the run, and the one that just came in. */
export type Scope = { readonly event: unknown; readonly async?: unknown }

type Node =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly root: 'event' | 'async'; readonly path: readonly string[] }
  | { readonly kind: 'not'; readonly operand: Node }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Node; readonly right: Node }

type Operator = '==' | '!=' | '&&' | '||' | '+'
export type Expression = Node

const tokenPattern =
  /\s*(?:(==|!=|&&|\|\||[!()+])|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*))/y

/** By falling precedence of what a level holds: each level reads the next one on both sides of its operators. */
const levels: readonly (readonly Operator[])[] = [['||'], ['&&'], ['==', '!='], ['+']]

/**
 * Reads the part of Inngest's expression language that the embedded executor runs: paths under `event` and `async`,
 * literals, `==`, `!=`, `&&`, `||`, `!`, `+` and parentheses.
 * @throws Error naming the text, when it uses anything else.
 */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text)
  let position = 0

  const peek = () => tokens[position]
  const fail = (): never => {
    throw new Error(`The embedded executor cannot run the expression "${text}"`)
  }

  function level(depth: number): Node {
    const operators = levels[depth]
    if (!operators) return operand()
    let left = level(depth + 1)
    for (let next = peek(); next !== undefined && operators.includes(next as Operator); next = peek()) {
      position += 1
      left = { kind: 'binary', operator: next as Operator, left, right: level(depth + 1) }
    }
    return left
  }

  function operand(): Node {
    const token = peek() ?? fail()
    position += 1
    if (token === '!') return { kind: 'not', operand: operand() }
    if (token !== '(') return leaf(token) ?? fail()
    const inner = level(0)
    if (peek() !== ')') fail()
    position += 1
    return inner
  }

  const result = level(0)
  return position === tokens.length ? result : fail()
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  const end = text.trimEnd().length
  while (tokenPattern.lastIndex < end) {
    const match = tokenPattern.exec(text)
    if (!match) throw new Error(`The embedded executor cannot run the expression "${text}"`)
    tokens.push(match[0].trimStart())
  }
  return tokens
}

function leaf(token: string): Node | undefined {
  const first = token[0] ?? ''
  if (first === "'" || first === '"') return { kind: 'literal', value: token.slice(1, -1).replace(/\\(.)/g, '$1') }
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) }
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
  if (token === 'null') return { kind: 'literal', value: null }
  const [root, ...path] = token.split('.')
  return root === 'event' || root === 'async' ? { kind: 'path', root, path } : undefined
}

/** The value of `expression`; undefined where a path leads nowhere. Two absent values are never equal. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'path':
      return valueAt(scope[expression.root], expression.path)
    case 'not':
      return evaluate(expression.operand, scope) !== true
    case 'binary':
      return evaluateBinary(expression, scope)
  }
}

function evaluateBinary({ operator, left, right }: Extract<Node, { kind: 'binary' }>, scope: Scope): unknown {
  if (operator === '&&') return evaluate(left, scope) === true && evaluate(right, scope) === true
  if (operator === '||') return evaluate(left, scope) === true || evaluate(right, scope) === true
  const [a, b] = [evaluate(left, scope), evaluate(right, scope)]
  if (operator === '==') return a !== undefined && a === b
  if (operator === '!=') return a === undefined || a !== b
  if (typeof a === 'number' && typeof b === 'number') return a + b
  return a === undefined || b === undefined ? undefined : `${a}${b}`
}

/** Whether `expression` is true for `scope`; an absent expression always is. */
export function holds(expression: string | null | undefined, scope: Scope): boolean {
  return !expression || evaluate(parseExpression(expression), scope) === true
}

/** `event.x == async.y` as its two paths; undefined for any other form. Lets the database look a match up by value. */
export function pathEquality(expression: string): { eventPath: readonly string[]; asyncPath: readonly string[] } | undefined {
  const node = parseExpression(expression)
  if (node.kind !== 'binary' || node.operator !== '==') return undefined
  const { left, right } = node
  if (left.kind !== 'path' || right.kind !== 'path' || left.root === right.root) return undefined
  return left.root === 'event' ? { eventPath: left.path, asyncPath: right.path } : { eventPath: right.path, asyncPath: left.path }
}

/** The value that `path` leads to inside `root`, or undefined. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
