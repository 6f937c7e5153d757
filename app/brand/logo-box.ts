type Box = { readonly width: number; readonly height: number }

/**
 * How large the drawing `svg` is shown so that it fits into `most`, in whole pixels and in its own proportions. Undefined when it does not
 * tell its size.
 */
export function logoBox(svg: string, most: Box): Box | undefined {
  const [head = ''] = /<svg\b[^>]*>/.exec(svg) ?? []
  const [, box] = /\bviewBox="[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+[\s,]+[\d.]+)"/.exec(head) ?? []
  const sides = box?.split(/[\s,]+/) ?? ['width', 'height'].map((side) => new RegExp(`\\s${side}="([\\d.]+)(?:px)?"`).exec(head)?.[1])
  const [width, height] = sides.map(Number)
  if (!width || !height) return undefined
  const scale = Math.min(most.width / width, most.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
