import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

const manager = Toast.createToastManager();

export interface ToastWords {
  /** What happened, as one short sentence. */
  readonly text: ReactNode;
  /** The verb of the one thing that can be done about it, mostly Undo. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** Milliseconds; 0 stays until closed. With an action there is more time to reach it. */
  readonly timeout?: number;
}

/** Shows a toast from anywhere. Gives its id for `closeToast`. */
export function showToast({ text, action, timeout }: ToastWords): string {
  const id = manager.add({
    description: text,
    timeout: timeout ?? (action ? 8000 : 5000),
    actionProps: action && {
      children: action.label,
      onClick: () => {
        manager.close(id);
        action.onPress();
      },
    },
  });
  return id;
}

export function closeToast(id: string): void {
  manager.close(id);
}

function ToastList() {
  const { t } = useLingui();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
      <Toast.Content className="toast-content">
        <Toast.Description className="toast-words" />
        {toast.actionProps !== undefined && <Toast.Action className="toast-action" />}
        <Toast.Close className="toast-close" aria-label={t`Close`}>
          <IconX size={20} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** The place where toasts show. Once, around the app. */
export function Toasts({ children }: { readonly children?: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={2}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
