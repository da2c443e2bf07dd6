import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';

/** Why something waits, in one line. */
export const REASON_WORDS: Readonly<Record<HeldReason, MessageDescriptor>> = {
  scope: msg`Phone not in charge there`,
  'unknown-door': msg`No such door`,
  'wrong-author': msg`Under another name`,
  'id-reuse': msg`One number for two things`,
  'other-words': msg`Signed under other words`,
  corrupt: msg`Arrived damaged`,
  damaged: msg`Damaged in storage`,
  future: msg`From a newer app`,
};

/** What that means and what can be done about it. */
export const REASON_MEANING: Readonly<Record<HeldReason, MessageDescriptor>> = {
  scope: msg`The door’s turf was never handed out to this phone, or was taken back more than three days before, or the phone was reported lost. Accept it if you know that the knock is real.`,
  'unknown-door': msg`The chapter knows no such door. A newer roll may name it in another way. Find the door that was meant.`,
  'wrong-author': msg`It names somebody else than the person whose phone this is. Accepted, it counts as this person’s.`,
  'id-reuse': msg`The phone has used one number for two different things. The first one counts already; this is the second. Accept it, or give it the door that was meant.`,
  'other-words': msg`The words that were signed are not those of the petition. The signature stays here as it came. Accept it if the difference does not matter; in the petition’s list it says so.`,
  corrupt: msg`What arrived is not what the phone says it sent. It cannot be applied; the bytes stay here as they came.`,
  damaged: msg`Its bytes had changed in the database or its backup. The phone that recorded it sends it again by itself, up to 14 days after it was first received; then it counts as usual. What is left of it stays here. Opt-outs stay in force.`,
  future: msg`It comes from a newer version of the app than this server knows. It is applied by itself once the server is updated; nobody has to do anything.`,
};

/** What became of it. */
export const DECISION_WORDS: Readonly<Record<HeldDecision, MessageDescriptor>> = {
  accepted: msg`Accepted`,
  retargeted: msg`Given another door`,
  discarded: msg`Discarded`,
};
