/**
 * Runs in the browser after the script of all pages: severities can be hidden, a box of the diagram shows what it is connected
 * with and opens its table.
 */
export const PLAN_SCRIPT = `
for (const box of document.querySelectorAll('input[data-show]')) {
  box.addEventListener('change', () => document.querySelector('#findings')?.classList.toggle('hide-' + box.dataset.show, !box.checked))
}
const diagram = document.querySelector('.diagram')
const boxes = [...document.querySelectorAll('.diagram a')]
for (const box of boxes) {
  const place = box.dataset.table
  const mark = (on) => {
    const edges = [...document.querySelectorAll('[data-from="' + place + '"], [data-to="' + place + '"]')]
    const around = new Set([place, ...edges.flatMap((edge) => [edge.dataset.from, edge.dataset.to])])
    diagram.classList.toggle('focused', on)
    for (const edge of edges) edge.classList.toggle('marked', on)
    for (const other of boxes) other.classList.toggle('marked', on && around.has(other.dataset.table))
  }
  for (const kind of ['mouseenter', 'focus']) box.addEventListener(kind, () => mark(true))
  for (const kind of ['mouseleave', 'blur']) box.addEventListener(kind, () => mark(false))
}
function openTable() {
  const table = document.getElementById(location.hash.slice(1))
  if (table?.tagName !== 'DETAILS') return
  table.open = true
  table.scrollIntoView()
}
addEventListener('hashchange', openTable)
openTable()
`
