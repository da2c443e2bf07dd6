import {
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconCircleCheckFilled,
  IconDoorOff,
} from '@tabler/icons-react';
import type { DoorStanding } from '#shared/model/turf.ts';

const STANDING_ICONS = {
  'to-do': IconCircle,
  'not-home': IconDoorOff,
  contact: IconCircleCheckFilled,
  done: IconCircleCheck,
  'do-not-contact': IconBan,
} satisfies Record<DoorStanding, unknown>;

/** The picture of a standing; never without its word. */
export function StandingIcon(props: { readonly standing: DoorStanding; readonly size?: number }) {
  const Icon = STANDING_ICONS[props.standing];
  return <Icon size={props.size ?? 16} aria-hidden />;
}
