import { Component, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** What browsers and the bundler say when a part of the app does not come over the network. */
const NOT_FETCHED = /preload CSS|dynamically imported module|importing a module script/i;

interface State {
  readonly fault: string | null;
}

/** The net under every page: a fault of the app is said plainly, and what is saved stays saved. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(error: unknown): State {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    const fetched = !NOT_FETCHED.test(this.state.fault);
    return (
      <main>
        <EmptyState
          icon={<IconAlertTriangle size={28} aria-hidden />}
          title={
            fetched ? (
              <Trans>This page met a fault of the app</Trans>
            ) : (
              <Trans>This page did not come</Trans>
            )
          }
          action={
            <Button variant="primary" onClick={() => window.location.reload()}>
              <Trans>Open it again</Trans>
            </Button>
          }
        >
          {fetched ? (
            <Trans>
              What you saved is safe on this phone and will still be sent. If this comes back, tell
              your coordinator these words: {this.state.fault}
            </Trans>
          ) : (
            <Trans>There is no connection to the server now. Open it again when there is.</Trans>
          )}
        </EmptyState>
      </main>
    );
  }
}
