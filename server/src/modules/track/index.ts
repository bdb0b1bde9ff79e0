/** The door of the track: whoever assesses, links, visits or serves writes it down here, in the transaction of what they do. */
export { type Note, noteAssessment, noteLink, noteService, noteVisit } from './note-record.ts'
