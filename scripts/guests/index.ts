import { assemblyscript } from './assemblyscript.ts'
import { c } from './c.ts'
import { go } from './go.ts'
import { javascript } from './javascript.ts'
import { python } from './python.ts'
import type { Recipe } from './recipe.ts'
import { rust } from './rust.ts'

/** All guests, in the order in which they are built. */
export const recipes: readonly Recipe[] = [rust, c, go, python, javascript, assemblyscript]
