import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** Drawn instead, in words; a fault of ours never leaves an empty page. */
  readonly instead: (again: () => void) => ReactNode
  /** Another value starts anew, such as the place. */
  readonly renewOn?: string
}

export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.renewOn !== this.props.renewOn) this.setState({ broken: false })
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.instead(() => this.setState({ broken: false })) : this.props.children
  }
}
