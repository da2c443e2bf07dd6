import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Routes } from './routes.tsx';
import { I18nProvider } from './ui/i18n.tsx';
import { Toasts } from './ui/toast.tsx';

/** Language, the net under every fault, toasts, pages. */
export function App() {
  return (
    <I18nProvider>
      <ErrorBoundary>
        <Toasts>
          <Routes />
        </Toasts>
      </ErrorBoundary>
    </I18nProvider>
  );
}
