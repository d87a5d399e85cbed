/**
 * `npm run build`: compiles `src` to `dist`, from scratch, so that nothing of an earlier build is published. With a folder as
 * argument it goes there. The command is bundled, and what nothing reaches is left out.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleCli } from './bundle-cli.ts'
import { pruneBuild } from './prune-build.ts'
import { BUILT, precompiledTemplates, RUNTIME } from '../src/render/templates.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = resolve(process.argv[2] ?? join(root, 'dist'))
rmSync(outDir, { recursive: true, force: true })
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir], {
  cwd: root,
  stdio: 'inherit',
})
if (status === 0) {
  writeFileSync(join(outDir, 'render', BUILT), precompiledTemplates())
  copyFileSync(join(root, 'node_modules/handlebars/dist/handlebars.runtime.min.js'), join(outDir, 'render', RUNTIME))
  await bundleCli(outDir)
  pruneBuild(outDir, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
}
process.exitCode = status ?? 1
