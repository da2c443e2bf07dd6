import {
  IconAlertOctagon,
  IconBan,
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

/** The picture of a result; never without its word. */
export function ResultIcon(props: {
  readonly what: ResultCode | 'contact';
  readonly size?: number;
}) {
  const Icon = RESULT_ICONS[props.what];
  return <Icon size={props.size ?? 22} aria-hidden />;
}
