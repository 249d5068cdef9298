import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlanReport, TableReport } from '../../jobs/plan-report.ts'
import { browserProgram } from '../../testing/browser.ts'
import { planPage } from './plan-page.ts'

const program = browserProgram()

const ID = {
  ...{ source: 'id', native: 'int', target: 'id', type: 'integer', nullable: false, exact: true },
  ...{ reason: '', key: true },
}

function table(source: string, rows: number, ...parents: readonly string[]): TableReport {
  const references = parents.map((name) => ({ name: `fk ${name}`, columns: ['id'], references: name }))
  return { source, target: source.toLowerCase(), rows, bytes: rows * 100, columns: [ID], references }
}

const SHOP: PlanReport = {
  backup: 'shop@db1--20260427-1533',
  target: 'an empty PostgreSQL database',
  tables: [
    table('sales.Customers', 24),
    table('sales.Orders', 120, 'sales.Customers'),
    table('sales.Lines', 300, 'sales.Orders', 'stock.Products'),
    table('stock.Products', 20, 'stock.Categories'),
    table('stock.Categories', 10, 'stock.Categories'),
    table('dbo.Alone', 0),
  ],
  findings: [
    { severity: 'lost', kind: 'view', object: 'sales.Totals', message: 'is left out' },
    { severity: 'changed', kind: 'index', object: 'sales.Orders.ix', message: 'is called "ix_1"' },
    { severity: 'changed', kind: 'check', object: 'sales.Lines.ck', message: 'may differ' },
    { severity: 'info', kind: 'primary key', object: 'sales.Lines.pk', message: 'is ascending' },
  ],
  expressions: [{ kind: 'default', object: 'sales.Orders.at', native: '(getdate())', sql: 'now()' }],
  statements: { tables: [], keys: [], references: [], values: [], objects: [] },
  ...{ existing: [], rows: 474, rowsRead: 474, seconds: 1 },
  byHand: [{ kind: 'view', object: 'sales.Totals', text: 'create view sales.Totals as select 1' }],
}

describe.skipIf(program === undefined)('the page of a plan, in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'albackup-page-'))
    // Chromium's sandbox refuses to run as root.
    browser = await chromium.launch({ executablePath: program!, args: userInfo().uid === 0 ? ['--no-sandbox'] : [] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  let pages = 0

  /** Whatever the page does that it must not is thrown at the end. */
  async function opened(
    report: PlanReport,
    look: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const file = join(folder, `${++pages}.html`)
    await writeFile(file, planPage(report, new Date(0)))
    await using page = await browser.newPage(options)
    const wrong: string[] = []
    const url = pathToFileURL(file).href
    page.on('console', (message) => wrong.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
    page.on('dialog', (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) wrong.push(`request: ${request.url()}`)
    })
    await page.goto(url)
    await look(page)
    expect(wrong).toEqual([])
  }

  const texts = (page: Page, selector: string) =>
    page
      .locator(selector)
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent))

  it('shows every table and every relation, asks for nothing and reports no error', async () => {
    await opened(SHOP, async (page) => {
      expect(await page.locator('.diagram a').count()).toBe(6)
      const edges = page
        .locator('.diagram path')
        .evaluateAll((all) => all.map(({ dataset }) => `${dataset.from} ${dataset.to}`))
      expect(await edges).toEqual(['1 0', '2 1', '2 3', '3 4', '4 4'])
      const boxes = await page
        .locator('.diagram a > rect:first-of-type')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
      expect(boxes.every((width) => width > 100)).toBe(true)
      expect(await page.locator('.answer').textContent()).toBe(
        'Nothing is in the way. 1 thing would not be there afterwards, and 2 would not be quite the same.',
      )
    })
  })

  it('filters rows while one types, and hides severities by mouse and by keyboard', async () => {
    await opened(SHOP, async (page) => {
      await page.getByLabel('Filter').fill('lines')
      expect(await texts(page, '#findings tbody .mono')).toEqual(['sales.Lines.ck', 'sales.Lines.pk'])
      await page.getByLabel('Filter').press('Tab')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      expect(await texts(page, '#findings tbody .mono')).toEqual(['sales.Lines.pk'])
      await page.getByLabel('Filter').fill('')
      await page.getByLabel('lost').click()
      expect(await texts(page, '#findings tbody .mono')).toEqual(['sales.Lines.pk'])
      await page.getByLabel('changed').click()
      expect(await texts(page, '#findings tbody .mono')).toHaveLength(3)
    })
  })

  it('sorts a table by a click and by the keyboard, numbers as numbers', async () => {
    await opened(SHOP, async (page) => {
      const rows = page.getByRole('button', { name: 'rows' })
      await rows.first().click()
      const counts = () => texts(page, 'table.list:has(.bar) td:nth-child(3)')
      expect(await counts()).toEqual(['0', '10', '20', '24', '120', '300'])
      await rows.first().focus()
      await page.keyboard.press('Enter')
      expect(await counts()).toEqual(['300', '120', '24', '20', '10', '0'])
      expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
    })
  })

  it('opens a table from the diagram by keyboard, and shows what it is connected with', async () => {
    await opened(SHOP, async (page) => {
      await page.locator('.diagram a[data-table="2"]').focus()
      expect(await page.locator('.diagram path.marked').count()).toBe(2)
      expect(await page.locator('.diagram a.marked').count()).toBe(3)
      expect(await page.locator('#table-2').getAttribute('open')).toBeNull()
      await page.keyboard.press('Enter')
      await expect.poll(() => page.locator('#table-2').getAttribute('open')).toBe('')
      expect(await page.locator('#table-2 .found').textContent()).toContain('may differ')
    })
  })

  it.each(['light', 'dark'] as const)('has letters that stand out from the ground: %s', async (colorScheme) => {
    await opened(
      SHOP,
      async (page) => {
        const selectors = ['body', 'p.soft', '.badge.bad', '.badge.warn', '.answer', 'a', '.diagram text']
        const styles: readonly Style[] = await page.evaluate(`${JSON.stringify(selectors)}.map((selector) => {
          const { backgroundColor, color, fill } = getComputedStyle(document.querySelector(selector))
          return { ground: backgroundColor, ink: selector.endsWith('text') ? fill : color }
        })`)
        const { ground } = styles[0]!
        expect(luminance(ground) > 0.5).toBe(colorScheme === 'light')
        for (const { ink } of styles) expect(contrast(ink, ground)).toBeGreaterThan(4.5)
      },
      { colorScheme },
    )
  })

  it('needs no scrolling to the side on a narrow screen', async () => {
    await opened(
      SHOP,
      async (page) => {
        for (const details of await page.locator('summary').all()) await details.click()
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400)
      },
      { viewport: { width: 400, height: 800 } },
    )
  })

  it('is there soon with five hundred tables', async () => {
    const tables = Array.from({ length: 500 }, (_, i) =>
      table(`dbo.Table${i}`, i * 1000, ...(i < 5 ? [] : [`dbo.Table${i % 5}`, `dbo.Table${Math.floor(i / 2)}`])),
    )
    const findings = tables.map(
      ({ source }) => ({ severity: 'changed', kind: 'index', object: `${source}.ix`, message: 'is another' }) as const,
    )
    const begun = performance.now()
    await opened({ ...SHOP, tables, findings }, async (page) => {
      expect(await page.locator('.diagram a').count()).toBe(500)
      await page.getByLabel('Filter').fill('table499')
      expect(await texts(page, '#findings tbody .mono')).toEqual(['dbo.Table499.ix'])
      expect(performance.now() - begun).toBeLessThan(15_000)
    })
  })

  it.each([
    ['</script><script>alert(1)</script>', null],
    ['"><img src=x onerror=alert(1)>', null],
    ["' onmouseover='alert(1)", null],
    ['javascript:alert(1)//', null],
    ['Größe 名前 😀 नीली', null],
    ['שלום\u202egnp', 'שלום\\u{202e}gnp'],
    ['a\u0000b\nc', null],
  ])('shows a name as it is and obeys none: %s', async (name, shown) => {
    const evil = {
      ...SHOP,
      backup: name,
      tables: [table(name, 1, name)],
      findings: [{ severity: 'lost', kind: name, object: name, message: name }] as const,
    }
    await opened({ ...evil, expressions: [], byHand: [{ kind: 'view', object: name, text: name }] }, async (page) => {
      const wanted = shown ?? name.replace('\0', '\\u{0}')
      expect(await page.locator('#findings tbody .mono').textContent()).toBe(wanted)
      expect(await page.locator('details pre').textContent()).toBe(wanted)
      expect(await page.locator('script').count()).toBe(1)
      expect(await page.locator('img').count()).toBe(0)
    })
  })
})

interface Style {
  readonly ground: string
  readonly ink: string
}

/** As WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => {
    const part = Number(value) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
