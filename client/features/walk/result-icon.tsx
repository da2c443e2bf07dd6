import {
  IconAlertOctagon,
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconCircleCheckFilled,
  IconDoorOff,
  IconFlower,
  IconHandStop,
  IconLanguage,
  IconLock,
  IconMailCheck,
  IconMapPinOff,
  IconMessageCircle,
  IconPhoneX,
  IconRecordMail,
  IconRotateClockwise,
  IconTruck,
} from '@tabler/icons-react';
import type { ResultCode } from '#shared/model/results.ts';
import type { DoorStanding } from '#shared/model/turf.ts';

const RESULT_ICONS = {
  'not-home': IconDoorOff,
  refused: IconHandStop,
  'come-back': IconRotateClockwise,
  inaccessible: IconLock,
  'language-barrier': IconLanguage,
  moved: IconTruck,
  deceased: IconFlower,
  'wrong-address': IconMapPinOff,
  'already-voted': IconMailCheck,
  'do-not-contact': IconBan,
  hostile: IconAlertOctagon,
  voicemail: IconRecordMail,
  'wrong-number': IconPhoneX,
  contact: IconMessageCircle,
} satisfies Record<ResultCode | 'contact', unknown>;

const STANDING_ICONS = {
  'to-do': IconCircle,
  'not-home': IconDoorOff,
  contact: IconCircleCheckFilled,
  done: IconCircleCheck,
  'do-not-contact': IconBan,
} satisfies Record<DoorStanding, unknown>;

/** The picture of a result; never without its word. */
export function ResultIcon(props: {
  readonly what: ResultCode | 'contact';
  readonly size?: number;
}) {
  const Icon = RESULT_ICONS[props.what];
  return <Icon size={props.size ?? 22} aria-hidden />;
}

/** The picture of a standing; never without its word. */
export function StandingIcon(props: { readonly standing: DoorStanding; readonly size?: number }) {
  const Icon = STANDING_ICONS[props.standing];
  return <Icon size={props.size ?? 16} aria-hidden />;
}
