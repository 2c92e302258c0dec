import { fillFields } from './fields.js'
import { fillMatrix } from './matrix.js'
import { setUpSearch } from './search.js'
import { setUpSending } from './send.js'

setUpSearch()
setUpSending()
// Where the server does not answer, the page stays as it is without scripts.
await Promise.allSettled([fillMatrix(), fillFields()])
document.documentElement.dataset.state = 'ready'
