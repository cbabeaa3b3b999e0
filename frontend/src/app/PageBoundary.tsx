/** Keeps what went wrong in a page from taking the rest with it; another address is another try. */
import { Component, type ReactNode } from "react";
import { ErrorPage } from "./ErrorPage";
import { isMissingCode } from "./missingCode";

type Props = { address: string; children: ReactNode };
type State = { error: Error | undefined; address: string };

/** A class, because React catches errors in nothing else. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { error: undefined, address: this.props.address };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps({ address }: Props, state: State): Partial<State> | null {
    return address === state.address ? null : { address, error: undefined };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <ErrorPage error={error} onRetry={() => this.#retry(error)} />;
  }

  #retry(error: Error) {
    // Code that did not come is not asked for again by the same page; after an update it has another name.
    if (isMissingCode(error)) location.reload();
    else this.setState({ error: undefined });
  }
}
