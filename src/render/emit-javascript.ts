/** Stands for an empty line, which TypeScript does not keep. */
const EMPTY = '//@empty'

/** Comments that take whole lines: the docs of the declarations, and remarks for those who read the types. */
const COMMENTS = /^[ \t]*(?:\/\*\*[^]*?\*\/|\/\/.*)[ \t]*\n/gmu

/**
 * Members with computed names are declared twice by TypeScript's emit of single files: as methods, and before that as properties
 * that hold functions, one of which may have the docs as well.
 */
const DOUBLED =
  /^(?: *\/\*\*(?:(?!\*\/)[^])*\*\/\n)? *\[(?:globalThis\.)?Symbol\.(?:dispose|asyncDispose)\]: \(\) => .*;\n/gmu

/**
 * TypeScript as it comes out of a template → JavaScript without docs, and declarations with them. Both still have to be
 * formatted.
 *
 * @throws Error where a template made something that is no TypeScript, or that has no declared type
 */
export async function emitJavaScript(text: string): Promise<{ readonly code: string; readonly declarations: string }> {
  const { ts } = await import('ts-morph')
  const [head = '', body = ''] = splitHead(text)
  const shared = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    newLine: ts.NewLineKind.LineFeed,
    verbatimModuleSyntax: true,
  }
  const spaced = (source: string): string => source.replaceAll(/^$/gmu, EMPTY)
  const code = ts.transpileModule(spaced(body.replaceAll(COMMENTS, '')), {
    compilerOptions: { ...shared, removeComments: false },
    reportDiagnostics: true,
  })
  const declarations = ts.transpileDeclaration(spaced(body), {
    compilerOptions: { ...shared, declaration: true, isolatedDeclarations: true },
    reportDiagnostics: true,
  })
  const wrong = [...(code.diagnostics ?? []), ...(declarations.diagnostics ?? [])]
  const fatal = wrong.find((d) => d.category === ts.DiagnosticCategory.Error)
  if (fatal !== undefined) throw new Error(ts.flattenDiagnosticMessageText(fatal.messageText, '\n'))
  const emptied = (output: string): string => output.replaceAll(new RegExp(`^[ \\t]*${EMPTY}$`, 'gmu'), '')
  // Of the header, code keeps what tools look for: the rest stands in the declarations. Without code there is nothing to lint.
  const codeText = emptied(code.outputText)
  const wanted = /^export \{\};?$/u.test(codeText.trim()) ? /^\/\/ @generated/u : /^(?:\/\/ @generated|\/\*)/u
  const codeHead = head.split('\n').filter((line) => wanted.test(line))
  return {
    code: `${codeHead.join('\n')}\n\n${codeText}`,
    declarations: `${head}\n\n${airy(emptied(declarations.outputText).replaceAll(DOUBLED, ''))}`,
  }
}

/** Declarations with an empty line before each, and the cases of variants on lines of their own; TypeScript prints neither. */
function airy(declarations: string): string {
  const declaration = /^(?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export (?:declare |interface |type (?!\{))/gmu
  return declarations
    .replaceAll(/\{\n\s*tag: /gu, '{ tag: ')
    .replace(/^(?:\/\*\*.*\*\/\n)?export \*/mu, '\n$&')
    .replaceAll(declaration, '\n$&')
}

/** The header, up to the first empty line, and what comes after it. */
function splitHead(text: string): readonly string[] {
  const end = text.indexOf('\n\n')
  return [text.slice(0, end), text.slice(end + 2)]
}
