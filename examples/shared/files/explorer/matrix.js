/** Asks every path of the app which methods it has, and completes the table by the answers. */
export async function fillMatrix() {
  const table = document.querySelector('#matrix table')
  const rows = [...table.querySelectorAll('tr[data-path]')]
  const allowed = await Promise.all(rows.map((row) => methodsOf(row.dataset.path)))
  const methods = [...new Set(allowed.flat())]
  if (methods.length === 0) return
  const head = table.querySelector('thead tr')
  head.lastElementChild.before(...methods.map(makeHeadCell))
  for (const [index, row] of rows.entries()) {
    const has = new Set(allowed[index])
    row.lastElementChild.before(
      ...methods.map((method) => makeCell(has.has(method), table.dataset)),
    )
  }
}

/** The methods in `Allow` of the answer to OPTIONS. */
async function methodsOf(path) {
  try {
    const response = await fetch(path, { method: 'OPTIONS' })
    const allow = response.headers.get('Allow') ?? ''
    return allow === '' ? [] : allow.split(/\s*,\s*/)
  } catch {
    return []
  }
}

function makeHeadCell(method) {
  const cell = document.createElement('th')
  cell.scope = 'col'
  const code = document.createElement('code')
  code.textContent = method
  cell.append(code)
  return cell
}

/** A mark for the eye, and a word for who does not see it. */
function makeCell(has, { has: yes, lacks: no }) {
  const cell = document.createElement('td')
  cell.className = has ? 'has' : 'lacks'
  const mark = document.createElement('span')
  mark.ariaHidden = 'true'
  mark.textContent = has ? '●' : '·'
  const word = document.createElement('span')
  word.className = 'unseen'
  word.textContent = has ? yes : no
  cell.append(mark, word)
  return cell
}
