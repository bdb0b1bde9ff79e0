// Around the desk: the pools by keyboard, an administrator and a new colleague, an auditor, a stranger.
import { expect, test, type Page } from '@playwright/test'
import { zh as accounts } from '../src/console/accounts/zh.ts'
import { zh } from '../src/console/words/zh.ts'
import { accessible } from './fit.ts'
import { district, password } from './people.ts'

test.use({ viewport: { width: 1440, height: 900 } })

async function signIn(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(`${district()}/console`)
  await page.getByLabel(zh.signIn.name, { exact: true }).fill(name)
  await page.getByLabel(zh.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: zh.signIn.enter, exact: true }).click()
  await expect(page.getByRole('navigation', { name: zh.rail })).toBeVisible()
  return faults
}

async function open(page: Page, name: keyof typeof zh.screens) {
  await page
    .getByRole('navigation', { name: zh.rail })
    .getByRole('link', { name: zh.screens[name], exact: true })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test('an officer reads the pools, and finds a policy by keyboard alone', async ({ page }) => {
  const faults = await signIn(page, 'officer')
  await accessible(page)
  await open(page, 'policies')
  await page.getByRole('link', { name: '最低生活保障', exact: true }).click()
  await expect(page.getByText('P01', { exact: true }).first()).toBeVisible()
  await accessible(page)
  await open(page, 'services')
  await accessible(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await accessible(page)
  await page.keyboard.type('殡葬')
  await expect(page.getByRole('option', { name: /殡葬/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/policies\/P11/)
  expect(faults).toEqual([])
})

test('an administrator makes an account, and the new colleague chooses a password', async ({ page, browser }) => {
  const faults = await signIn(page, 'admin')
  await open(page, 'accounts')
  await accessible(page)
  await page.getByRole('button', { name: accounts.add }).click()
  const dialog = page.getByRole('dialog').first()
  await dialog.getByLabel(accounts.name, { exact: true }).fill('试用同事')
  await dialog.getByLabel(accounts.signInName, { exact: true }).fill('try-officer')
  await dialog.getByLabel(accounts.role, { exact: true }).selectOption('districtOfficer')
  await accessible(page)
  await dialog.getByRole('button', { name: accounts.make }).click()
  const code = page.getByRole('status', { name: accounts.code })
  const proof = page.getByRole('dialog').last().getByLabel('密码', { exact: true })
  await expect(code.or(proof).first()).toBeVisible()
  if (await proof.isVisible()) {
    await proof.fill(password)
    await proof.press('Enter')
  }
  const shown = (await code.innerText()).trim()
  expect(shown.length).toBeGreaterThan(8)

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const theirs = await context.newPage()
  await theirs.goto(`${district()}/console`)
  await theirs.getByRole('button', { name: zh.signIn.first, exact: true }).click()
  await accessible(theirs)
  await theirs.getByLabel(zh.signIn.name, { exact: true }).fill('try-officer')
  await theirs.getByLabel(zh.signIn.code, { exact: true }).fill(shown)
  await theirs.getByLabel(zh.signIn.newPassword, { exact: true }).fill('青山绿水我来走一走看一看')
  await theirs.getByRole('button', { name: zh.signIn.setUp, exact: true }).click()
  await expect(theirs.getByRole('navigation', { name: zh.rail })).toBeVisible()
  await context.close()
  expect(faults).toEqual([])
})

test('an auditor reads the trail and reaches no family', async ({ page }) => {
  const faults = await signIn(page, 'auditor')
  await open(page, 'audit')
  await accessible(page)
  await page.goto(`${district()}/console/registry`)
  await expect(page.getByText('您现在的身份是审计', { exact: false })).toBeVisible()
  expect(faults).toEqual([])
})

test('a wrong password is refused in words that say no more', async ({ page }) => {
  await page.goto(`${district()}/console`)
  await page.getByLabel(zh.signIn.name, { exact: true }).fill('nobody-here')
  await page.getByLabel(zh.signIn.password, { exact: true }).fill('not the password')
  await page.getByRole('button', { name: zh.signIn.enter, exact: true }).click()
  await expect(page.getByText('账号或密码不对', { exact: false })).toBeVisible()
})
