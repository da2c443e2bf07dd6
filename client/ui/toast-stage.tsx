import { useEffect } from 'react';
import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { enterStage, type ToastStage } from './toast.tsx';

const manager = Toast.createToastManager();

const onStage: ToastStage = {
  close: (id) => manager.close(id),
  show: (id, { text, action, timeout }) => {
    manager.add({
      id,
      title: text,
      timeout: timeout ?? (action ? 8000 : 5000),
      actionProps: action && {
        children: action.label,
        onClick: () => {
          manager.close(id);
          action.onPress();
        },
      },
    });
  },
};

function ToastList() {
  const { t } = useLingui();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
      <Toast.Content className="toast-content">
        <Toast.Title render={<div />} className="toast-words" />
        {toast.actionProps !== undefined && <Toast.Action className="toast-action" />}
        {/* The library hides it from readers until it is focused, and yet lets it be focused. */}
        <Toast.Close className="toast-close" aria-label={t`Close`} aria-hidden={false}>
          <IconX size={20} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Tells the queue that toasts can be shown. */
function Entrance() {
  useEffect(() => enterStage(onStage), []);
  return null;
}

/** Draws the toasts. The entrance comes last: by then the provider listens. */
export default function ToastStageView() {
  return (
    <>
      <Toast.Provider toastManager={manager} limit={1}>
        <Toast.Portal>
          <Toast.Viewport className="toasts">
            <ToastList />
          </Toast.Viewport>
        </Toast.Portal>
      </Toast.Provider>
      <Entrance />
    </>
  );
}
