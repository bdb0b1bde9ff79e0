import { refusal } from '@zhulian/kernel'

/** What a file that comes in may be refused for, whether somebody imports it or a bureau delivers it. */

export const batchNotFound = refusal('feeds.batchNotFound', 404, () => ({
  zh: '没有找到这份文件，或者它不在您的工作范围内。',
  en: 'This file was not found, or lies outside the area you work in.',
}))
export const stepNotOpen = refusal<{ state: string; zh: string; en: string }>(
  'feeds.stepNotOpen',
  409,
  ({ zh, en }) => ({
    zh: `这份文件现在是“${zh}”，这一步还不能做。请刷新后再看。`,
    en: `This file is “${en}”; that step is not open. Please reload and look again.`,
  }),
)

const unreadable = {
  empty: { zh: '文件是空的，没有内容可以导入。', en: 'The file is empty; there is nothing to import.' },
  oldExcel: {
    zh: '这是旧版Excel（.xls）或加了密码的文件。请另存为不带密码的 .xlsx 再上传。',
    en: 'This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password and upload that.',
  },
  webPage: {
    zh: '这是网页格式的表，有的系统导出的 .xls 就是这样。请用表格软件打开，另存为 .xlsx 再上传。',
    en: 'This is a table in web page form, as some systems export it under the name .xls. Open it in a spreadsheet program, save it as .xlsx and upload that.',
  },
  other: {
    zh: '这不是表格文件。请上传 .xlsx 或 .csv。',
    en: 'This is not a spreadsheet. Please upload .xlsx or .csv.',
  },
  truncated: {
    zh: '文件不完整，可能没有传完或已经损坏。请用表格软件打开检查，另存后再上传。',
    en: 'The file is incomplete or damaged. Open it in a spreadsheet program, save it again and upload that.',
  },
  notWorkbook: {
    zh: '这个压缩文件不是 .xlsx 表格。请用表格软件另存为 .xlsx 再上传。',
    en: 'This archive is not an .xlsx workbook. Save the table as .xlsx and upload that.',
  },
  binaryWorkbook: {
    zh: '这是二进制工作簿（.xlsb）。请另存为 .xlsx 再上传。',
    en: 'This is a binary workbook (.xlsb). Save it as .xlsx and upload that.',
  },
  tooLarge: {
    zh: '表格展开后太大。请删去多余的工作表和格式，或分成几份再上传。',
    en: 'Unpacked, the workbook is too large. Remove sheets and formatting that are not needed, or split it.',
  },
  bomb: {
    zh: '表格展开后大得不正常，为了安全没有打开。请把数据复制到新的表格再上传。',
    en: 'The workbook would unpack to an abnormal size and was not opened, for safety. Copy the data to a new workbook and upload that.',
  },
  tooManyRows: {
    zh: '表格的行数太多。请分成几份再上传：导入一次最多20万行，部门数据一次最多50万行。',
    en: 'The table has too many rows. Please split it: an import takes 200,000 rows at most, a delivery of a bureau 500,000.',
  },
  tooManyColumns: {
    zh: '第300列（KN列）以后还有内容，表格太宽，读不全。请删去用不到的列再上传。',
    en: 'Something stands behind column 300 (KN): the table is too wide to be read whole. Remove the columns you do not need and upload it again.',
  },
  unreadable: {
    zh: '表格读不出来，可能已经损坏。请用表格软件打开检查，另存后再上传。',
    en: 'The table cannot be read and may be damaged. Open it in a spreadsheet program, save it again and upload that.',
  },
  tooMuchMemory: {
    zh: '表格太复杂，读不完。请把数据复制到新的表格，或分成几份再上传。',
    en: 'The table is too complex to read. Copy the data to a new workbook, or split it.',
  },
  noHeader: {
    zh: '前10行里没有找到表头。请下载模板，对照列名修改后再上传。',
    en: 'No header was found in the first ten rows. Download the template, compare the column names and upload again.',
  },
  noRows: { zh: '只有表头，没有数据。', en: 'There is a header and nothing below it.' },
} as const
export type Unreadable = keyof typeof unreadable
export const fileUnreadable = refusal<{ why: Unreadable }>('feeds.fileUnreadable', 422, ({ why }) => unreadable[why])
export const headerWrong = refusal<{ kind: 'repeated' | 'nameless'; column: string }>(
  'feeds.headerWrong',
  422,
  ({ kind, column }) =>
    kind === 'repeated'
      ? {
          zh: `表头里“${column}”出现了不止一次，分不清用哪一列。请改名或删去一列。`,
          en: `The header “${column}” occurs more than once. Rename or remove one of the columns.`,
        }
      : {
          zh: `第${column}列有数据但没有列名，表头可能有合并单元格。请取消合并，每列写一个列名。`,
          en: `Column ${column} holds data but no name; the header may have merged cells. Unmerge them and name every column.`,
        },
)
export const severalSheets = refusal<{ sheets: string }>('feeds.severalSheets', 422, ({ sheets }) => ({
  zh: `有几张工作表都像名单：${sheets}。一次只导入一张，请把要导入的那张另存为单独的文件，或者隐藏其他几张。`,
  en: `Several sheets look like lists: ${sheets}. One is imported at a time: save the one you want as a file of its own, or hide the others.`,
}))
export const notDone = refusal<{ number: string }>('feeds.notDone', 409, ({ number }) => ({
  zh: `没有做成，家庭数据一点都没有改。请再试一次；还是不行，请把编号 ${number} 告诉管理员。`,
  en: `It could not be done, and no household was changed. Please try again; if it fails again, give the administrator the number ${number}.`,
}))
export const columnsMissing = refusal<{ columns: string }>('feeds.columnsMissing', 422, ({ columns }) => ({
  zh: `还没有对上这几列：${columns}。请选择它们在文件里的位置。`,
  en: `These columns are not matched yet: ${columns}. Please say where they are in the file.`,
}))
export const dayNotYet = refusal('feeds.dayNotYet', 422, () => ({
  zh: '这份数据的日期还没有到。请填写今天或更早的日期，再上传一次。',
  en: 'The day this file is as of has not come yet. Please give today or an earlier day and upload it again.',
}))
export const mappingWrong = refusal('feeds.mappingWrong', 422, () => ({
  zh: '列的对应关系有误：有的列不存在，或一列对应了两项。请重新选择。',
  en: 'The match of columns is wrong: a column does not exist, or one stands for two things. Please choose again.',
}))
export const laterChanges = refusal<{ count: number; households: unknown }>('feeds.laterChanges', 409, ({ count }) => ({
  zh: `入库以后，有${count}户又有了新的变动，不能整批撤销。请逐户核对后更正。`,
  en: `${count} households have changed since the file was applied, so it cannot be undone as a whole. Check and correct them one by one.`,
}))
