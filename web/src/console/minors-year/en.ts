import type { MinorsYearWords } from './zh.ts'

export const en: MinorsYearWords = {
  title: 'Yearly compliance audit of children’s records',
  lead: (year, on) => `${year} · as of ${on}`,
  notOver: 'The year is not over; these are the figures until today.',
  year: 'Year',
  print: 'Print',
  few: 'fewer than 5, not shown',
  basis: {
    title: '1. Basis and scope',
    text: 'Under articles 36 and 37 of the Regulations on the Protection of Minors in Cyberspace and articles 31 and 54 of the Personal Information Protection Law. It covers everybody under 18 in this registry and what was written down about them.',
  },
  held: {
    title: '2. Which children are registered',
    children: 'Children registered',
    ages: ['Under 6', '6 to 13', '14 to 17'],
    households: 'Households they live in',
  },
  came: {
    title: '3. What was written down this year, and where it came from',
    sources: { declared: 'told by the family', feed: 'sent by bureaus', verified: 'found at a visit' },
    n: n => `${n} times`,
    none: 'Nothing new was written down about children this year.',
  },
  may: {
    title: '4. Who may open them: approval household by household',
    text: 'A worker in a village opens a child’s record only when the township or district has approved it for that household, with a reason, for a year at most. After that it ends by itself.',
    given: 'Approved this year',
    takenBack: 'Taken back early',
    ranOut: 'Ran out',
    standing: 'Standing now',
    readers: 'Workers concerned',
  },
  opened: {
    title: '5. How often they were opened, and how often refused',
    text: 'Records of households with children that were opened or changed, by role. Each time stands in the trail, where the family can see it.',
    machine: 'The platform, comparing and judging',
    refused: 'Refused for want of an approval',
    none: 'None was opened this year.',
  },
  guards: {
    title: '6. Safeguards in place',
    items: [
      'Without an approval names are masked, and the records leave neither the database nor reach a work telephone.',
      'Identity numbers, notes of visits and reasons are kept sealed; to see an identity number takes a reason.',
      'Figures of fewer than 5 are not shown, nor can they be worked out from others.',
      'Services to children take two vetted adults; where there were none it is noted as an incident.',
      'Published wishes have no name, no photo and nothing by which a child could be known.',
    ],
  },
  write: {
    title: '7. For the auditor to complete',
    heads: [
      'Consent of and notice to guardians (a separate set of rules under 14)',
      'Requests to read, correct or delete, and what became of them',
      'Incidents; whether guardians were told and a report was made',
      'Problems found',
      'What will be done, by whom, by when',
      'Conclusion',
    ],
  },
  sign: ['Auditor', 'In charge', 'Date'],
}
