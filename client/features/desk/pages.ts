import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconAddressBook,
  IconBuildingCommunity,
  IconDeviceMobile,
  IconFilter,
  IconInbox,
  IconKey,
  IconMessage2,
  IconPolygon,
  IconQrcode,
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
    path: '/desk/people',
    name: msg`People`,
    icon: IconUsers,
    Page: lazy(() => import('../people/desk-people.tsx')),
  },
  {
    path: '/desk/keys',
    name: msg`Your passkeys`,
    icon: IconKey,
    aside: true,
    Page: lazy(() => import('../people/desk-keys.tsx')),
  },
  {
    path: '/desk/chapter',
    name: msg`Chapter`,
    icon: IconBuildingCommunity,
    Page: lazy(() => import('../chapter/desk-chapter.tsx')),
  },
];
