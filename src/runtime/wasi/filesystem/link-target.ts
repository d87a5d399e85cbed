/** Whether a relative link leads above the folder that it is made in; absolute ones do. */
export function leavesStart(target: string): boolean {
  if (target.startsWith('/')) return true
  let depth = 0
  for (const part of target.split('/')) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}
