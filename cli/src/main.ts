import { readFileSync } from 'node:fs'
import { Usage } from './command.ts'
import { commands } from './commands/index.ts'
import { endWithStarter } from './ending.ts'
import { faultWords } from './fault.ts'

const help = async () => `助联 zhulian：社会救助政策的智能匹配 / matching households to social assistance

用法 Usage: zhulian <命令 command> [选项 options]

${(await Promise.all(commands.map(c => c.load()))).map(c => `  ${c.name.padEnd(12)} ${c.summary.zh} / ${c.summary.en}`).join('\n')}

  zhulian <命令> --help   一条命令的说明 / help for a command
  zhulian --version      版本 / version
`

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === 'help' && rest[0] !== undefined) return await main([rest[0], '--help'])
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await help())
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    process.stdout.write(`${version}\n`)
    return 0
  }
  const command = await commands.find(c => c.name === name)?.load()
  if (!command)
    throw new Usage({
      zh: `没有「${name}」这个命令；zhulian --help 列出全部命令`,
      en: `There is no command "${name}"; zhulian --help lists them`,
    })
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help)
    return 0
  }
  return command.run(rest)
}

const args = process.argv.slice(2)

function sayFault(error: unknown): number {
  const { zh, en } = faultWords(error, args[0] ?? '')
  process.stderr.write(`zhulian: ${zh} / ${en}\n`)
  if (process.env['ZHULIAN_DEBUG']) console.error(error)
  return 2
}

/** Whoever reads the output may stop early (`zhulian … | head`), and a terminal may be closed. */
const readerIsGone = ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' || code === 'EIO'

process.stdout.on('error', error => process.exit(readerIsGone(error) ? 0 : sayFault(error)))
process.stderr.on('error', error => {
  if (!readerIsGone(error)) process.exit(2)
})
endWithStarter()

try {
  process.exitCode = await main(args)
} catch (error) {
  process.exitCode = sayFault(error)
}
