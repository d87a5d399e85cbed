import { assemblyscript } from './assemblyscript.ts'
import { c } from './c.ts'
import { debug } from './debug.ts'
import { explainer } from './explainer.ts'
import { go } from './go.ts'
import { instrument } from './instrument.ts'
import { javascript } from './javascript.ts'
import { predictor } from './predictor.ts'
import { python } from './python.ts'
import type { Recipe } from './recipe.ts'
import { rust } from './rust.ts'
import { simd } from './simd.ts'
import { wasiC } from './wasi-c.ts'
import { wasiGo } from './wasi-go.ts'
import { wasiPython } from './wasi-python.ts'
import { wasiRust } from './wasi-rust.ts'

/** All guests, in the order in which they are built. */
export const recipes: readonly Recipe[] = [
  rust,
  c,
  simd,
  debug,
  go,
  python,
  predictor,
  javascript,
  explainer,
  instrument,
  assemblyscript,
  wasiC,
  wasiRust,
  wasiGo,
  wasiPython,
]
