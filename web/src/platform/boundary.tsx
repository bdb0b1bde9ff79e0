import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** Drawn instead, in words; a fault of ours never leaves an empty page. */
  readonly instead: (again: () => void) => ReactNode
}

/** Give it a `key`, such as the place, to start anew with it. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.instead(() => this.setState({ broken: false })) : this.props.children
  }
}
