/** The host's side of the toolbox, for workers. */
import { ToolboxHost } from '../../guests/toolbox-host.ts'

export default (): object => new ToolboxHost().imports('toolbox')
