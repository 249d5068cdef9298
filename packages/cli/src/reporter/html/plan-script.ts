/**
 * Runs in the browser after the script of all pages: severities can be hidden, a box of the diagram shows what it is connected
 * with and opens its table.
 */
export const PLAN_SCRIPT = `
for (const box of document.querySelectorAll('input[data-show]')) {
  box.addEventListener('change', () => document.querySelector('#findings')?.classList.toggle('hide-' + box.dataset.show, !box.checked))
}
for (const box of document.querySelectorAll('.diagram a')) {
  const own = '[data-from="' + box.dataset.table + '"], [data-to="' + box.dataset.table + '"]'
  const mark = (on) => document.querySelectorAll(own).forEach((edge) => edge.classList.toggle('marked', on))
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
