import { fill } from './ask.js'

/** Makes the search show what it finds at every key, where without scripts the server does it. */
export function setUpSearch() {
  const form = document.querySelector('#search')
  const field = document.querySelector('#q')
  const clear = document.querySelector('#clear')
  const found = document.querySelector('#found')
  const languages = [...document.querySelectorAll('a[hreflang]')]
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
    for (const link of languages) link.href = withQuery(link.href, query)
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
  const keep = (fragment = '') => {
    const address = withQuery(location.href, field.value.trim())
    address.hash = fragment
    history.replaceState(null, '', address)
  }
  field.addEventListener('change', () => keep())
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

  // Where the server searched, links to what it hid lead to the whole page. Here, that is this one.
  for (const link of document.querySelectorAll('a[href^="/?"][href*="#"]')) {
    link.setAttribute('href', link.hash)
  }
  // What a link or an address names is shown, also where the search hides it; an entry is opened.
  const reveal = () => {
    const target = document.getElementById(fragmentOf(location.hash))
    if (target === null) return
    if (target.hidden && target.closest('#catalogue') !== null) {
      field.value = ''
      search()
      keep(location.hash)
      target.scrollIntoView()
    }
    if (!target.matches('details')) return
    target.open = true
    target.scrollIntoView()
    target.querySelector('summary').focus({ preventScroll: true })
  }
  addEventListener('hashchange', reveal)
  reveal()
  // At the end of loading, browsers take the focus to the start of the page.
  const revealAgain = () => {
    if (document.activeElement === document.body) reveal()
  }
  addEventListener('load', revealAgain, { once: true })
  // Some browsers fill the field in again when one goes back.
  if (field.value !== field.defaultValue) search()
}

/** What a fragment names; nothing where it is malformed. */
function fragmentOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return ''
  }
}

/** An address that searches for a query, or for nothing. */
function withQuery(href, query) {
  const address = new URL(href)
  if (query === '') address.searchParams.delete('q')
  else address.searchParams.set('q', query)
  return address
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
