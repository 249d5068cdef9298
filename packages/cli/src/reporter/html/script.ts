/**
 * Runs in the browser: a filter over the rows of all tables, a click on a head sorts, paper gets everything unfolded. Without it
 * the page reads as well.
 * Plain text of a script, so that the page needs no other file.
 */
export const SCRIPT = `
'use strict'
document.documentElement.classList.add('live')
const tables = [...document.querySelectorAll('table.list')]
const search = document.querySelector('#filter')
const onlyBad = document.querySelector('#only-bad')
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
  for (const row of tables.flatMap((table) => [...table.tBodies[0].rows])) {
    const text = row.textContent.toLowerCase()
    row.hidden = !words.every((word) => text.includes(word)) || (onlyBad?.checked === true && row.dataset.fine === 'yes')
  }
}
search?.addEventListener('input', filter)
onlyBad?.addEventListener('change', filter)
for (const table of tables) {
  for (const [place, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement('button')
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => sort(table, place, head))
  }
}
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details')) folded.open = true
})
function sort(table, place, head) {
  const down = head.getAttribute('aria-sort') === 'ascending'
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
  const keyOf = (row) => row.cells[place].dataset.key ?? row.cells[place].textContent
  const compare = new Intl.Collator('en', { numeric: true }).compare
  const rows = [...table.tBodies[0].rows].sort((one, other) => compare(keyOf(one), keyOf(other)))
  table.tBodies[0].append(...(down ? rows.reverse() : rows))
}
`
