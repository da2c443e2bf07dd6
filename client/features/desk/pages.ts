import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconAddressBook,
  IconBuilding,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconDatabaseExport,
  IconDeviceMobile,
  IconFileExport,
  IconFilter,
  IconGavel,
  IconHeartHandshake,
  IconHistory,
  IconInbox,
  IconKey,
  IconMessage2,
  IconPolygon,
  IconPrinter,
  IconQrcode,
  IconSignature,
  IconTag,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Right } from '../../api/rights.ts';

export interface DeskPage {
  readonly path: string;
  readonly name: MessageDescriptor;
  readonly icon: Icon;
  /** Who finds it in the rail; everyone at the desk when not given. */
  readonly right?: Right;
  /** A tab of the chapter's own pages instead of a line of the rail. */
  readonly under?: 'chapter';
  /** What its tab is called, where that is not its name. */
  readonly tab?: MessageDescriptor;
  /** Not in the rail: another place leads there. */
  readonly aside?: true;
  /** A number at its end: what waits there for a person. */
  readonly badge?: 'held';
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** The rail, from the roll to what comes home: the order of the work. */
export const PAGES: readonly DeskPage[] = [
  {
    path: '/desk/roll',
    name: msg`Roll`,
    icon: IconAddressBook,
    Page: lazy(() => import('../roll/desk-roll.tsx')),
  },
  {
    path: '/desk/universes',
    name: msg`Universes`,
    icon: IconFilter,
    Page: lazy(() => import('../universe/desk-universe.tsx')),
  },
  {
    path: '/desk/turf',
    name: msg`Turf`,
    icon: IconPolygon,
    Page: lazy(() => import('../turf/desk-turf.tsx')),
  },
  {
    path: '/desk/launch',
    name: msg`Launch`,
    icon: IconQrcode,
    Page: lazy(() => import('../launch/desk-launch.tsx')),
  },
  {
    path: '/desk/shifts',
    name: msg`Shifts`,
    icon: IconCalendarEvent,
    Page: lazy(() => import('../shifts/desk-shifts.tsx')),
  },
  {
    path: '/desk/buildings',
    name: msg`Buildings`,
    icon: IconBuilding,
    Page: lazy(() => import('../buildings/desk-buildings.tsx')),
  },
  {
    path: '/desk/paper',
    name: msg`Paper`,
    icon: IconPrinter,
    right: 'launch-turf',
    Page: lazy(() => import('../paper/desk-paper.tsx')),
  },
  {
    path: '/desk/phones',
    name: msg`Phones`,
    icon: IconDeviceMobile,
    right: 'see-phones',
    Page: lazy(() => import('../phones/desk-phones.tsx')),
  },
  {
    path: '/desk/held',
    name: msg`Held`,
    icon: IconInbox,
    right: 'see-held',
    badge: 'held',
    Page: lazy(() => import('../held/desk-held.tsx')),
  },
  {
    path: '/desk/scripts',
    name: msg`Scripts`,
    icon: IconMessage2,
    Page: lazy(() => import('../scripts/desk-scripts.tsx')),
  },
  {
    path: '/desk/tags',
    name: msg`Tags`,
    icon: IconTag,
    Page: lazy(() => import('../tags/desk-tags.tsx')),
  },
  {
    path: '/desk/petitions',
    name: msg`Petitions`,
    icon: IconSignature,
    Page: lazy(() => import('../petitions/desk-petitions.tsx')),
  },
  {
    path: '/desk/follow-ups',
    name: msg`Promises`,
    icon: IconHeartHandshake,
    Page: lazy(() => import('../follow-ups/desk-follow-ups.tsx')),
  },
  {
    path: '/desk/keys',
    name: msg`Passkeys`,
    icon: IconKey,
    aside: true,
    Page: lazy(() => import('../people/desk-keys.tsx')),
  },
  {
    path: '/desk/chapter',
    name: msg`Chapter`,
    icon: IconBuildingCommunity,
    under: 'chapter',
    tab: msg`Take out`,
    Page: lazy(() => import('../chapter/desk-chapter.tsx')),
  },
  {
    path: '/desk/people',
    name: msg`People`,
    icon: IconUsers,
    under: 'chapter',
    Page: lazy(() => import('../people/desk-people.tsx')),
  },
  {
    path: '/desk/audit',
    name: msg`Who did what`,
    icon: IconHistory,
    under: 'chapter',
    Page: lazy(() => import('../audit/desk-audit.tsx')),
  },
  {
    path: '/desk/shares',
    name: msg`Shares`,
    icon: IconFileExport,
    under: 'chapter',
    Page: lazy(() => import('../share/desk-shares.tsx')),
  },
  {
    path: '/desk/rules',
    name: msg`Rules`,
    icon: IconGavel,
    under: 'chapter',
    Page: lazy(() => import('../rules/desk-rules.tsx')),
  },
  {
    path: '/desk/backups',
    name: msg`Backups`,
    icon: IconDatabaseExport,
    right: 'keep-backups',
    under: 'chapter',
    Page: lazy(() => import('../backups/desk-backups.tsx')),
  },
];

/** What stands together under one line of the rail: the first of them. */
export const CHAPTER_PAGES = PAGES.filter(({ under }) => under === 'chapter');
