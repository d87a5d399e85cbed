/** Makes the calls of the table on another Node: `node run-table.js LANGUAGE COMPONENT`. Prints a `NodeReport` as JSON. */
import { codecs, compileToolbox, instantiateToolbox, type Codec } from '../guests/instantiate-toolbox.ts'
import { toolboxGuest } from '../guests/toolbox-guests.ts'
import { checkTable, type Report } from './check-table.ts'
import { knownOf } from './differences.ts'

/** What came of the table by each codec; a text where the component cannot be compiled. */
export type NodeReport = Readonly<Record<Codec, Report | string>>

async function report(language: string, path: string, codec: Codec): Promise<Report | string> {
  const guest = toolboxGuest(language)
  let compiled
  try {
    compiled = await compileToolbox(guest, codec, path)
  } catch (error) {
    return String(error)
  }
  return checkTable(() => instantiateToolbox(guest, codec, compiled), knownOf(language, codec))
}

const [language = '', path = ''] = process.argv.slice(2)
const reports: [Codec, Report | string][] = []
for (const codec of codecs) reports.push([codec, await report(language, path, codec)])
console.log(JSON.stringify(Object.fromEntries(reports)))
