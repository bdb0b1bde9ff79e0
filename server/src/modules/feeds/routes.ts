import { routes } from '../../platform/route.ts'
import { applyFile } from './apply-file.ts'
import { checkFile, getFile, getProgress, listFiles } from './check-file.ts'
import { feedsContract } from './contract.ts'
import { faultsFile, templateFile } from './files-out.ts'
import { deliveryEntries, sendingEntries } from './deliveries/routes.ts'
import { takeUpload } from './take-file.ts'
import { discardFile, undoFile } from './undo-file.ts'

const may = ['townshipClerk', 'districtOfficer'] as const
const purpose = 'import'

export const feedsRoutes = routes(feedsContract, {
  ...deliveryEntries,
  ...sendingEntries,
  'GET /imports/template': { may, purpose, audit: 'notPersonal', do: templateFile },
  'GET /imports': { may, purpose, audit: 'notPersonal', do: listFiles },
  'POST /imports': {
    may,
    purpose,
    audit: { action: 'feeds.upload', zh: '上传了一份表格', en: 'uploaded a file' },
    do: takeUpload,
  },
  'GET /imports/:id': {
    may,
    purpose,
    audit: { action: 'feeds.open', zh: '看了一份导入表格', en: 'looked at a file that came in' },
    do: getFile,
  },
  'GET /imports/:id/progress': { may, purpose, audit: 'notPersonal', do: getProgress },
  'POST /imports/:id/check': {
    may,
    purpose,
    audit: { action: 'feeds.check', zh: '检查了一份表格', en: 'checked a file' },
    do: checkFile,
  },
  'GET /imports/:id/faults': {
    may,
    purpose,
    audit: { action: 'feeds.downloadFaults', zh: '下载了有错的行', en: 'downloaded faulty rows' },
    do: faultsFile,
  },
  'POST /imports/:id/apply': {
    may,
    purpose,
    audit: { action: 'feeds.apply', zh: '把表格导入了数据库', en: 'applied a file' },
    do: applyFile,
  },
  'POST /imports/:id/undo': {
    may,
    purpose,
    audit: { action: 'feeds.undo', zh: '撤销了一份表格的导入', en: 'undid a file' },
    do: undoFile,
  },
  'POST /imports/:id/discard': {
    may,
    purpose,
    audit: { action: 'feeds.discard', zh: '放弃了一份表格', en: 'discarded a file' },
    do: discardFile,
  },
})
