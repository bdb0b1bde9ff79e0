import { admission } from './admission/source.ts'
import { birth } from './birth/source.ts'
import { death } from './death/source.ts'
import { disability } from './disability/source.ts'
import { disaster } from './disaster/source.ts'
import { employmentInsurance } from './employment-insurance/source.ts'
import { familyHarmony } from './family-harmony/source.ts'
import { graduation } from './graduation/source.ts'
import { hotline } from './hotline/source.ts'
import { housing } from './housing/source.ts'
import { hukou } from './hukou/source.ts'
import { insuranceGap } from './insurance-gap/source.ts'
import { justice } from './justice/source.ts'
import { marriage } from './marriage/source.ts'
import { meansCheck } from './means-check/source.ts'
import { medicalBills } from './medical-bills/source.ts'
import { mentalHealth } from './mental-health/source.ts'
import { monitoring } from './monitoring/source.ts'
import { schoolStatus } from './school-status/source.ts'
import type { Source } from './source.ts'
import { tierRegister } from './tier-register/source.ts'
import { unemployment } from './unemployment/source.ts'
import { union } from './union/source.ts'
import { utilities } from './utilities/source.ts'
import { vehicle } from './vehicle/source.ts'
import { veterans } from './veterans/source.ts'
import { visit } from './visit/source.ts'

/** Every feed, by its code. */
export const sources: readonly Source[] = [
  tierRegister,
  unemployment,
  employmentInsurance,
  admission,
  graduation,
  schoolStatus,
  familyHarmony,
  medicalBills,
  insuranceGap,
  disability,
  monitoring,
  housing,
  hukou,
  vehicle,
  death,
  marriage,
  birth,
  mentalHealth,
  disaster,
  justice,
  meansCheck,
  utilities,
  hotline,
  veterans,
  union,
  visit,
]
