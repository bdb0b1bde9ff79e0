import './icon.css'

/** 24 box, round ends, no fill, drawn in the colour of the text. */
const drawings = {
  back: ['M15 5l-7 7 7 7'],
  next: ['M9 5l7 7-7 7'],
  turn: ['M6 9l6 6 6-6'],
  check: ['M5 12.5l4.5 4.5L19 7'],
  minus: ['M5 12h14'],
  plus: ['M12 5v14M5 12h14'],
  close: ['M6 6l12 12M18 6L6 18'],
  question: ['M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M12 16.8v.2', 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0'],
  speak: ['M4 9v6h4l5 4V5L8 9z', 'M16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12'],
  hush: ['M4 9v6h4l5 4V5L8 9z', 'M17 9.5l5 5M22 9.5l-5 5'],
  paper: ['M6 3h9l4 4v14H6z', 'M9 9h4M9 13h7M9 17h7'],
  phone: [
    'M6.5 3.5l3 .5 1.3 4-2 1.7c1 2.3 2.5 3.9 4.9 5l1.8-2 4 1.3.5 3c-.2 1.6-1.4 2.6-3 2.5C9.5 19 5 14 4 6.5c0-1.6 1-2.8 2.5-3z',
  ],
  noNet: [
    'M4 4l16 16M8.5 8A9 9 0 0 0 3 10.5M12 7c3.5 0 6.6 1.3 9 3.5M6.5 14a7 7 0 0 1 4-2M15.5 13c.7.3 1.4.8 2 1.3M12 19v.2',
  ],
  warning: ['M12 4l9 16H3z', 'M12 10v5M12 17.3v.2'],
  undo: ['M9 7L4 12l5 5', 'M4 12h10a5 5 0 0 1 0 10'],
  clock: ['M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0', 'M12 7v5l3 2'],
  tray: ['M4 13l3-8h10l3 8v6H4z', 'M4 13h5a3 3 0 0 0 6 0h5'],
  table: ['M4 5h16v14H4z', 'M4 10h16M4 14.5h16M10 10v9'],
  pen: ['M4 20l1-4L16 5l3 3L8 19z', 'M14 7l3 3'],
  person: ['M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0', 'M5 20c.8-4 3.5-6 7-6s6.2 2 7 6'],
  people: [
    'M13 9a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0',
    'M3 20c.6-3.5 3-5.5 6.5-5.5S15.4 16.5 16 20',
    'M15.5 6a3 3 0 0 1 0 6M18 14.8c1.7.8 2.7 2.6 3 5.2',
  ],
  home: ['M4 11l8-7 8 7v9H4z', 'M10 20v-6h4v6'],
  book: ['M5 4h6a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H5z', 'M19 4h-4a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h4z'],
  bell: ['M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15z', 'M10 21.5h4'],
  shield: ['M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6z', 'M8.5 12l2.5 2.5 4.5-5'],
  pin: [
    'M12 21c5-5.5 7-8.5 7-11.5a7 7 0 0 0-14 0C5 12.5 7 15.5 12 21z',
    'M14.5 9.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0',
  ],
  out: ['M14 4h6v16h-6', 'M4 12h11M11 8l4 4-4 4'],
  search: ['M16.5 10.5a6 6 0 1 1-12 0 6 6 0 0 1 12 0', 'M15 15l5.5 5.5'],
  sliders: [
    'M4 7h9M17 7h3M4 17h3M11 17h9M4 12h1M9 12h11',
    'M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0M11 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0M9 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  ],
  drop: ['M12 3c2.5 3 6 6.5 6 10.5a6 6 0 0 1-12 0C6 9.5 9.5 6 12 3z', 'M9 14a3 3 0 0 0 3 3'],
  door: ['M6 3h12v18H6z', 'M14.5 12v.2'],
  info: ['M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0', 'M12 11v5.5M12 7.5v.2'],
  hand: [
    'M4 13l4-1 4 2h4a1.5 1.5 0 0 1 0 3h-4',
    'M4 19l4-.5 5 1.5 7-4a1.5 1.5 0 0 0-1.5-2.6L15.5 15',
    'M14 9.5c-2-1.6-3.5-2.8-3.5-4.3a1.8 1.8 0 0 1 3.5-.7 1.8 1.8 0 0 1 3.5.7c0 1.5-1.5 2.7-3.5 4.3z',
  ],
} as const

export type IconName = keyof typeof drawings

/** Never alone: a word stands beside it, or the control that holds it is named. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawings[name].map(d => (
        <path key={d} d={d} />
      ))}
    </svg>
  )
}
