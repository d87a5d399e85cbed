/** `npm run build`: compiles `src` to `dist`, from scratch, so that nothing of an earlier build is published. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BUILT, precompiledTemplates } from '../src/render/templates.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status === 0) writeFileSync(new URL(`../dist/render/${BUILT}`, import.meta.url), precompiledTemplates())
process.exitCode = status ?? 1
