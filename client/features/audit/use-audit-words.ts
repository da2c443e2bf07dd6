import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { AuditLine } from '#shared/model/audit.ts';
import { useFormat } from '../../api/use-format.ts';

/** Who did it, as the page names them. */
export function useActorName(): (line: Pick<AuditLine, 'actor'>) => string {
  const { t } = useLingui();
  return ({ actor }) => {
    if (actor.kind === 'member') return actor.name;
    return actor.kind === 'operator' ? t`Whoever runs the server` : t`The server`;
  };
}

/** What an export is called; a kind of a newer version shows under its own name. */
function useFileWords(): (what: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    knocks: t`every knock`,
    answers: t`every answer`,
    rejected: t`the rejected rows of a roll`,
    unplaced: t`the people of a roll without a place`,
    'roll-diff': t`how two rolls differ`,
    'layer-left-out': t`the rows of a layer that matched nobody`,
    paper: t`lists on paper`,
    signatures: t`the signatures of a petition`,
    audit: t`this list`,
    backup: t`a backup`,
    archive: t`an archive of the whole chapter`,
  };
  return (what) => names[what] ?? what;
}

/** An entry of the chain as one plain sentence. */
export function useAuditWords(): (line: AuditLine) => string {
  const { t } = useLingui();
  const format = useFormat();
  const actorName = useActorName();
  const fileWords = useFileWords();
  return (line) => {
    const who = actorName(line);
    const { details } = line;
    const text = (name: string): string => {
      const value = details[name];
      return typeof value === 'string' ? value : '';
    };
    const count = (name: string): number => {
      const value = details[name];
      return typeof value === 'number' ? value : 0;
    };
    const called = line.called ?? text('name');
    const phone = line.phoneOf ?? text('given');
    const rows = count('rows');
    const file = fileWords(text('what'));
    const ended = details.sha256 !== undefined;
    switch (line.kind) {
      case 'signed-in':
        return t`${who} signed in`;
      case 'sign-in-refused':
        return t`Somebody tried to sign in and was refused`;
      case 'signed-out':
        return count('others') > 0
          ? t`${who} ended other sessions of theirs`
          : t`${who} signed out`;
      case 'passkey-added':
        return t`${who} added a passkey`;
      case 'passkey-removed':
        return t`${who} removed a passkey`;
      case 'recovery-codes-made':
        return t`${who} made recovery codes`;
      case 'recovery-code-used':
        return t`${who} used a recovery code`;
      case 'invited':
        return called === '' ? t`${who} made an invite` : t`${who} made a link for ${called}`;
      case 'joined':
        return t`${who} joined with a phone`;
      case 'conduct-read':
        return t`${who} has read the rules for the doors (${text('version')})`;
      case 'join-approved':
        return t`${who} let ${called} in`;
      case 'join-refused':
        return t`${who} did not let somebody in`;
      case 'member-added':
        return t`${who} added ${called}`;
      case 'role-changed':
        return t`${who} changed the role of ${called}`;
      case 'member-left':
        return t`${who} noted that ${called} left`;
      case 'turf-launched':
        return t`${who} launched ${called}`;
      case 'turf-taken-back':
        return t`${who} took back ${called} from ${phone}’s phone`;
      case 'turf-extended':
        return t`${who} set until when ${phone}’s phone keeps ${called}`;
      case 'turf-passed':
        return t`${who} closed ${called} and made its next pass`;
      case 'phone-revoked':
        return details.lost === true
          ? t`${who} revoked ${called}’s phone, which was lost`
          : t`${who} revoked ${called}’s phone`;
      case 'paper-entered':
        return t`${who} typed in paper of ${called}`;
      case 'exported':
        if (!ended) return t`${who} began to take out ${file}`;
        return details.broken === true
          ? t`The download of ${file} by ${who} broke off after ${format.number(rows)} rows`
          : t`${who} took out ${file}: ${format.number(rows)} rows`;
      case 'share-asked':
        return t`${who} asked to share data with ${called}`;
      case 'share-approved':
        return t`${who} approved the share with ${called}`;
      case 'share-refused':
        return t`${who} refused the share with ${called}`;
      case 'share-taken':
        if (!ended) return t`${who} began to take the file for ${called}`;
        return details.broken === true
          ? t`The download for ${called} by ${who} broke off after ${format.number(rows)} rows`
          : t`${who} took the file for ${called}: ${format.number(rows)} rows`;
      case 'looked-up':
        return t`${who} looked for an address outside a list and saw ${plural(count('found'), {
          one: '# door',
          other: '# doors',
        })}`;
      case 'opt-out-cleared':
        return t`${who} cleared a wish not to be contacted`;
      case 'person-erased':
        return t`${who} erased what we knew of a person`;
      case 'person-copied':
        return t`${who} made a copy of what we know of a person, for that person`;
      case 'people-merged':
        return t`${who} merged two records of the roll into one person`;
      case 'merged-by-rule':
        return t`${who} merged ${plural(count('merged'), {
          one: '# pair of records',
          other: '# pairs of records',
        })} by a rule`;
      case 'merge-taken-back':
        return t`${who} took merged records apart`;
      case 'people-kept-apart':
        return details.apart === false
          ? t`${who} took back that two records are two people`
          : t`${who} said that two records are two people`;
      case 'held-accepted':
        return t`${who} accepted something that was held`;
      case 'held-retargeted':
        return t`${who} gave something that was held another door`;
      case 'held-discarded':
        return t`${who} discarded something that was held`;
      case 'place-settled':
        return t`${who} put an address of the roll on the map`;
      case 'place-taken-back':
        return t`${who} took back where an address of the roll was put`;
      case 'layer-kept':
        return t`${who} added the layer ${called} to ${format.number(count('people'))} people`;
      case 'layer-replaced':
        return t`${who} replaced the layer ${called}: ${format.number(count('people'))} people`;
      case 'layer-removed':
        return t`${who} deleted a layer`;
      case 'roll-imported':
        return t`${who} imported the roll ${called}: ${format.number(count('people'))} people`;
      case 'roll-applied':
        return t`${who} applied the roll ${called}: ${format.number(count('people'))} people`;
      case 'roll-undone':
        return t`${who} took the roll ${called} back: the one before it stands again`;
      case 'petition-opened':
        return t`${who} opened “${text('name')}” for signatures`;
      case 'petition-closed':
        return t`${who} closed “${text('name')}”`;
      case 'tag-made':
        return t`${who} made the tag ${text('name')}`;
      case 'tag-changed':
        return line.details['retired'] === true
          ? t`${who} retired the tag ${text('name')}`
          : text('before') === text('name')
            ? t`${who} offers the tag ${text('name')} again`
            : t`${who} renamed the tag ${text('before')} to ${text('name')}`;
      case 'terms-set':
        return t`${who} wrote down the terms of a roll`;
      case 'rules-set':
        return t`${who} set the rules of the state`;
      case 'swept':
        return t`The server swept out what was kept long enough`;
      case 'backed-up':
        return t`${who} made a backup`;
      case 'restored':
        return count('headBefore') > 0
          ? t`${who} put a backup in the chapter’s place; the chain had been noted up to entry ${format.number(count('headBefore'))}`
          : t`${who} put a backup in the chapter’s place`;
      case 'drilled':
        return text('depth') === 'whole'
          ? t`A backup was opened and read through, for practice`
          : t`It was looked whether the newest backup is still the file that was written`;
      case 'archived':
        return t`${who} wrote an archive of the whole chapter`;
      case 'moved':
        return t`${who} moved the chapter to another database`;
      default:
        return line.kind;
    }
  };
}
