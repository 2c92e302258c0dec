import { fill } from './ask.js'

/** Makes the search show what it finds at every key, where without scripts the server does it. */
export function setUpSearch() {
  const form = document.querySelector('#search')
  const field = document.querySelector('#q')
  const clear = document.querySelector('#clear')
  const found = document.querySelector('#found')
  const sections = [...document.querySelectorAll('#catalogue section')]
  const entries = [...document.querySelectorAll('#catalogue details')].map((element) => ({
    element,
    words: wordsOf(element),
  }))

  const search = () => {
    const query = field.value.trim()
    const wanted = searchable(query).split(/\s+/)
    let count = 0
    for (const { element, words } of entries) {
      const isFound = wanted.every((word) => words.includes(word))
      element.hidden = !isFound
      if (isFound) count += 1
    }
    for (const section of sections) {
      section.hidden = section.querySelector('details:not([hidden])') === null
    }
    clear.hidden = query === ''
    const { all, some, none } = found.dataset
    const isAll = count === entries.length
    const sentence = isAll
      ? fill(all, count)
      : fill(count === 0 ? none : some, count, entries.length)
    // Said again only where it is news.
    if (found.textContent !== sentence) found.textContent = sentence
  }

  field.addEventListener('input', search)
  // So that going back, reloading and a bookmark find the same.
  const keep = () => {
    const address = new URL(location.href)
    const query = field.value.trim()
    if (query === '') address.searchParams.delete('q')
    else address.searchParams.set('q', query)
    address.hash = ''
    history.replaceState(null, '', address)
  }
  field.addEventListener('change', keep)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    search()
    keep()
    const shown = entries.filter(({ element }) => !element.hidden)
    if (shown.length === 1) shown[0].element.open = true
  })
  clear.addEventListener('click', (event) => {
    event.preventDefault()
    field.value = ''
    search()
    keep()
    field.focus()
  })

  // What a link or an address names is opened, also where the search hides it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target?.matches('details')) return
    if (target.hidden) {
      field.value = ''
      search()
    }
    target.open = true
    target.scrollIntoView()
    target.querySelector('summary').focus({ preventScroll: true })
  }
  addEventListener('hashchange', reveal)
  reveal()
  // Some browsers fill the field in again when one goes back.
  if (field.value !== field.defaultValue) search()
}

/** What an entry is found by: the same as on the server. */
const wordsOf = (element) =>
  searchable(
    [...element.querySelectorAll(':scope > summary > *, :scope > .meaning')]
      .map(({ textContent }) => textContent)
      .join(' '),
  )

/** Text as the search compares it, which takes `４０４` for `404`. */
const searchable = (text) => text.normalize('NFKC').toLowerCase().replaceAll('`', '')
