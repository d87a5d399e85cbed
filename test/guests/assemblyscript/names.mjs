/** Gives the exports of `exports.ts` their names of the WIT, and each function that returns a pointer its post-return. */
import { Transform } from 'assemblyscript/transform'

const INTERFACE = 'test:toolbox/compute@1.0.0'

/** Functions of the world's module itself. */
const OWN = new Set(['cabi_realloc'])

const POST_RETURN = 'release'

/** Those with results in blocks of memory. */
const WITH_BLOCKS = new Set(['divide', 'reverseText', 'join', 'split', 'reverseBytes', 'scale', 'runningSums', 'heaviest', 'clean', 'area', 'lookUpAll']) // prettier-ignore

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export default class extends Transform {
  afterCompile(module) {
    const { binaryen } = this
    const names = exportedFunctions(module, binaryen)
    const release = names.get(POST_RETURN)
    for (const [name, internal] of names) {
      if (OWN.has(name)) continue
      module.removeExport(name)
      if (name === POST_RETURN) continue
      const full = `${INTERFACE}#${kebab(name)}`
      module.addFunctionExport(internal, full)
      if (WITH_BLOCKS.delete(name)) module.addFunctionExport(release, `cabi_post_${full}`)
    }
    if (WITH_BLOCKS.size > 0) throw new Error(`names.mjs: no export is called ${[...WITH_BLOCKS].join(', ')}`)
  }
}

/** The internal names of the exported functions, by exported name. */
function exportedFunctions(module, binaryen) {
  const names = new Map()
  for (let i = 0; i < module.getNumExports(); i++) {
    const { kind, name, value } = binaryen.getExportInfo(module.getExportByIndex(i))
    if (kind === binaryen.ExternalFunction) names.set(name, value)
  }
  return names
}
