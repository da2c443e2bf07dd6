import { Component, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

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
    return (
      <main>
        <EmptyState
          icon={<IconAlertTriangle size={28} aria-hidden />}
          title={<Trans>This page met a fault of the app</Trans>}
          action={
            <Button variant="primary" onClick={() => window.location.reload()}>
              <Trans>Open it again</Trans>
            </Button>
          }
        >
          <Trans>
            What you saved is safe on this phone and will still be sent. If this comes back, tell
            your coordinator these words: {this.state.fault}
          </Trans>
        </EmptyState>
      </main>
    );
  }
}
