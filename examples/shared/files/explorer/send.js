import { ask, fill } from './ask.js'

/** Makes the buttons show the real answer below them, where without scripts it is a page of its own. */
export function setUpSending() {
  const form = document.querySelector('#ask')
  const said = document.querySelector('#said')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { submitter } = event
    const figure = figureBelow(submitter.closest('p, .scroll'))
    const question = submitter.value
    figure.setAttribute('aria-busy', 'true')
    try {
      const head = await ask(question, submitter.formMethod || form.method)
      const [statusLine, ...lines] = head.split(/\r?\n/)
      show(figure, fill(form.dataset.real, question), head)
      said.textContent = fill(form.dataset.came, statusLine, lines.length + 1)
    } catch (error) {
      const sentence = fill(form.dataset.failed, error.message)
      show(figure, sentence, '')
      said.textContent = sentence
    }
    figure.removeAttribute('aria-busy')
  })
}

/** The place of an answer: one for each button, or for those of a table together. */
function figureBelow(element) {
  const next = element.nextElementSibling
  if (next?.matches('figure')) return next
  const figure = document.createElement('figure')
  element.after(figure)
  return figure
}

function show(figure, title, head) {
  const caption = document.createElement('figcaption')
  caption.textContent = title
  const text = document.createElement('pre')
  text.textContent = head
  figure.replaceChildren(caption, ...(head === '' ? [] : [text]))
}
