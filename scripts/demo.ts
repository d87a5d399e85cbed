// npm run demo: Rust cleans, Python predicts, JavaScript explains and the host reports, each through a generated class; then the
// ways in which guests fail, and the metrics of it all.

import { wantsColor } from '../src/cli/io.ts'
import { runDemo } from './demo/run.ts'

// A reader that went away is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const { stdout, env } = process
process.exitCode = await runDemo({ line: (text) => stdout.write(`${text}\n`), hasColors: wantsColor(stdout, env) })
