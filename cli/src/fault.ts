import { Refusal, type Words } from '@zhulian/kernel'
import { Usage } from './command.ts'

/** What went wrong, for the one line somebody reads who typed a command. Never a stack: that is for `ZHULIAN_DEBUG=1`. */
export function faultWords(error: unknown, command: string): Words {
  if (error instanceof Usage) return error.words
  if (error instanceof Refusal) return error.kind.words(error.facts)
  const { code = '', path = '', message = '', words } = (error ?? {}) as Partial<Fault>
  if (words) return words
  if (code.startsWith('ERR_PARSE_ARGS_')) return optionWords(code, message, command)
  const file = fileFaults[code]
  if (file && path !== '') return { zh: `${file.zh}：${path}`, en: `${file.en}: ${path}` }
  if (file && code === 'ENOSPC') return file
  const [first = ''] = message.split('\n')
  return {
    zh: `没有做成，出了意料之外的问题：${first || String(error)}。加 ZHULIAN_DEBUG=1 再运行一次可看详情`,
    en: 'not done, something unexpected happened; run it again with ZHULIAN_DEBUG=1 for the details',
  }
}

/** What errors of the runtime and of the platform's set-up carry. */
type Fault = NodeJS.ErrnoException & { readonly words?: Words }

const fileFaults: Readonly<Record<string, Words>> = {
  ENOENT: { zh: '没有这个文件或文件夹', en: 'no such file or folder' },
  EACCES: { zh: '没有权限读写', en: 'no permission for' },
  EPERM: { zh: '没有权限读写', en: 'no permission for' },
  EISDIR: { zh: '这是文件夹，不是文件', en: 'this is a folder, not a file' },
  ENOTDIR: { zh: '路径里有一段不是文件夹', en: 'part of the path is not a folder' },
  ENOSPC: { zh: '磁盘满了', en: 'the disk is full' },
  EROFS: { zh: '磁盘是只读的', en: 'the disk is read-only' },
}

function optionWords(code: string, message: string, command: string): Words {
  const quoted = /'([^']+)'/.exec(message)?.[1]?.replace(/ <value>$/, '') ?? ''
  const see = { zh: `；zhulian ${command} --help 看说明`, en: `; see zhulian ${command} --help` }
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return { zh: `没有「${quoted}」这个选项${see.zh}`, en: `there is no option "${quoted}"${see.en}` }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return { zh: `不知道「${quoted}」是做什么的${see.zh}`, en: `"${quoted}" is not expected here${see.en}` }
  return {
    zh: `选项「${quoted}」的值不对或没有写${see.zh}`,
    en: `the value of "${quoted}" is missing or wrong${see.en}`,
  }
}
