import type { Generated } from 'kysely';
import type {
  BuildingId,
  CampaignId,
  DeviceId,
  DoorId,
  ImportId,
  MemberId,
  OpId,
  PersonId,
  PetitionId,
  ScriptId,
  ScriptVersionId,
  ShiftId,
  TagId,
  TurfId,
  UniverseId,
} from '#shared/kernel/ids.ts';
import type { Asked } from '#shared/model/asked-words.ts';
import type { AuditKind } from '#shared/model/audit.ts';
import type { ConsentRecipients } from '#shared/model/consent.ts';
import type { PlaceGrade } from '#shared/model/door.ts';
import type { FollowUpEnd } from '#shared/model/follow-up.ts';
import type { LayerHow } from '#shared/model/layer-kind.ts';
import type { LayerId, LeftOutRow } from '#shared/model/layer.ts';
import type { PetitionKind } from '#shared/model/petition.ts';
import type { Role } from '#shared/model/role.ts';
import type { LegalKind } from '#shared/model/share.ts';
import type { TurfSetId } from '#shared/model/turf-library.ts';
import type { TurfKind } from '#shared/model/turf-kind.ts';
import type { TurfState } from '#shared/model/turf.ts';
import type { ImportState, RollFlip, RollImport } from '#shared/model/roll.ts';
import type { HeldDecision } from '#shared/sync/held-reasons.ts';
import type { PhoneGuard } from '#shared/sync/protocol.ts';

/** JSON kept as text; parsed where it is read. */
type Json = string;
/** 0 or 1. */
type Flag = number;
/** Milliseconds since 1970. */
type Time = number;

/**
 * The tables of one chapter's database. `id` is the name that leaves the database (a UUID);
 * `key` is an integer that never does. Laws: field knowledge (log, opt_outs, residents) never lives
 * in the roll's tables (voters, voted), which a newer roll replaces.
 */
export interface Tables {
  chapter: {
    id: string;
    slug: string;
    name: string;
    time_zone: string;
    incarnation: string;
    /** Signs cursors; never leaves the server. */
    secret: Uint8Array;
    /** P-256, PKCS #8: opens what phones kept after it was acknowledged. Never leaves the server. */
    seal_private: Uint8Array | null;
    /** P-256, the uncompressed point: 65 bytes. */
    seal_public: Uint8Array | null;
    demo: Flag;
    created_at: Time;
    /** Whose law its voter files are lent under, such as `US-CA`; null: nobody has said. */
    region: string | null;
    /** Marks those who must never be contacted or kept, so that a new roll cannot bring them back. */
    suppress_key: Uint8Array | null;
    /** Ed25519, PKCS #8 and SPKI: signs the heads of the audit chain. */
    audit_private: Uint8Array | null;
    audit_public: Uint8Array | null;
    /** How the last check of the whole chain ended, an AuditCheck; null before the first. */
    audit_checked: Json | null;
    /** An age recipient: backups are encrypted to it; null: nobody has made one yet. */
    backup_recipient: string | null;
    /** Hours between two backups; null: only when asked. */
    backup_every: number | null;
    /** A ChapterRules: where the server is, and how long what was learnt is kept; null: as the rules have it. */
    rules: Json | null;
    /** Tries to join that were refused in the minute that began then. */
    joins_refused: Generated<number>;
    joins_refused_at: Time | null;
  };
  clock: { only: number; seq: number };
  campaigns: { id: CampaignId; name: string; script_id: ScriptId | null; created_at: Time };

  members: {
    id: MemberId;
    name: string;
    role: Role;
    created_at: Time;
    left_at: Time | null;
    /** When a coordinator let in who came by a remote invite; null for everybody else. */
    approved_at: Time | null;
  };
  sign_in_links: {
    token_hash: Uint8Array;
    member_id: MemberId;
    created_at: Time;
    expires_at: Time;
    used_at: Time | null;
    /** The demo chapter's links keep working. */
    reusable: Flag;
  };
  sessions: {
    token_hash: Uint8Array;
    member_id: MemberId;
    created_at: Time;
    expires_at: Time;
    how: 'link' | 'passkey' | 'recovery' | null;
    /** When the passkey was last asked for in this session. */
    asked_at: Time | null;
    /** The browser and its system, such as `Firefox, Windows`; null: it did not say. */
    device: Generated<string | null>;
    /** When it was used last, to within a quarter of an hour; null: before that was noted. */
    seen_at: Generated<Time | null>;
  };
  passkeys: {
    /** The credential's id, base64url. */
    id: string;
    member_id: MemberId;
    public_key: Uint8Array;
    counter: number;
    transports: Json;
    name: string;
    created_at: Time;
    last_used_at: Time | null;
  };
  recovery_codes: {
    hash: Uint8Array;
    member_id: MemberId;
    created_at: Time;
    used_at: Time | null;
  };
  /** What a passkey must sign, told once: any process of the server may get the answer. */
  challenges: {
    hash: Uint8Array;
    purpose: string;
    member_id: MemberId | null;
    expires_at: Time;
  };
  /** Ways in for one phone: a QR on a screen, or a link that waits for a coordinator's word. */
  invites: {
    id: string;
    /**
     * `demo`: of the demo chapter alone, and works again and again. `handed`: of a turf that was
     * handed over without a network, written when its phone comes; `replaces` is the phone that gave.
     */
    kind: 'qr' | 'remote' | 'demo' | 'handed';
    token_hash: Uint8Array;
    /** Of the ten letters for typing. */
    code_hash: Uint8Array | null;
    /** Of the first five of them, which say which code is meant: wrong ones after them count as tries. */
    call_hash: Uint8Array | null;
    turf_id: TurfId | null;
    /** Whom a remote invite is for. */
    name: string;
    created_by: MemberId;
    created_at: Time;
    expires_at: Time;
    state: 'open' | 'used' | 'pending' | 'refused';
    tries: Generated<number>;
    /** The phone that came with it. */
    device_key: number | null;
    /** The phone whose place it gives to the one that comes. */
    replaces: DeviceId | null;
    /** What a phone has said that waits to be let in: its name, its key, and what it will push with. */
    given: string | null;
    public_key: Uint8Array | null;
    phone_hash: Uint8Array | null;
    decided_by: MemberId | null;
    decided_at: Time | null;
  };

  /** Who did what that a member may ask about: a chain of hashes, see shared/privacy/audit-chain. */
  audit: {
    seq: number;
    at: Time;
    kind: AuditKind;
    /** JSON: an AuditActor. */
    actor: Json;
    /** What it was done to: an id, or ''. */
    subject: string;
    details: Json;
    hash: Uint8Array;
    /** The id in `actor`, else its kind: to find a member's entries by. */
    actor_id: string;
  };
  audit_heads: { seq: number; at: Time; hash: Uint8Array; signature: Uint8Array };

  /** Keyed hashes of people who are never contacted, whatever a new roll says. */
  suppressions: { mark: Uint8Array; kind: 'voter' | 'name'; at: Time };
  opt_out_clears: {
    key: Generated<number>;
    person_key: number | null;
    door_key: number | null;
    at: Time;
    by_member: MemberId;
    why: string;
  };
  /** People who asked to be forgotten, as keyed hashes: done again after every restore. */
  erasures: { mark: Uint8Array; at: Time; by_name: string; why: string };
  sweeps: { key: Generated<number>; at: Time; report: Json };

  /**
   * What a person allowed or forbade last at one door, by kind of recipient; of several doors the
   * newest stamp counts. Folded from facts.
   */
  consents: {
    person_key: number;
    door_key: number;
    recipients: ConsentRecipients;
    given: Flag;
    wording: string;
    /** Hex SHA-256 of the wording. */
    wording_hash: string;
    /** The stamp that counts. */
    hlc: string;
    op_id: OpId;
    at: Time;
  };
  /** Data given to somebody outside (law 9): asked for, approved by a second person, taken. */
  shares: {
    id: string;
    recipient: string;
    legal_kind: LegalKind;
    purpose: string;
    agreement: string;
    /** How it is paid for: a ShareBasis. */
    basis: Json;
    cents: number | null;
    fields: Json;
    universe_id: UniverseId | null;
    needs_consent: Flag;
    state: 'asked' | 'approved' | 'refused' | 'taken';
    asked_by: MemberId;
    asked_at: Time;
    decided_by: MemberId | null;
    decided_at: Time | null;
    why: string | null;
    taken_at: Time | null;
    rows: number | null;
    bytes: number | null;
    sha256: string | null;
    /** What is hidden in the file, so that a leaked copy tells whose it was. */
    mark: string;
    broken: Generated<Flag>;
  };
  backups: {
    key: Generated<number>;
    at: Time;
    kind: 'scheduled' | 'asked' | 'drill';
    file: string;
    bytes: number | null;
    sha256: string | null;
    state: 'running' | 'good' | 'bad';
    report: Json | null;
  };
  devices: {
    key: Generated<number>;
    id: DeviceId;
    token_hash: Uint8Array;
    member_id: MemberId;
    joined_at: Time;
    last_seen_at: Time | null;
    db_epoch: string | null;
    max_local_seq: number | null;
    unsent: number | null;
    revoked_at: Time | null;
    /** The phone's own P-256 key, uncompressed point; null for a phone of the first protocol. */
    public_key: Uint8Array | null;
    /** Until when the token may push, prolonged by pushes; 0: for ever (phones without a key). */
    grant_until: Generated<Time>;
    unsent_since: Time | null;
    /** Revoked because somebody else may have it. */
    lost_in_hand: Generated<Flag>;
    /** When it said that it had deleted all that it held. */
    purged_at: Time | null;
    mismatches: Generated<number>;
    /** Facts that it made and that can no longer come (P16), and when they were made. */
    lost_count: number | null;
    lost_from: Time | null;
    lost_to: Time | null;
    /** What opens its list after a pause, as it said last; null: it has not said. */
    guard: PhoneGuard | null;
    /** No phone: paper that this member of the desk types in for whoever walked with it. */
    entered_by: MemberId | null;
  };
  /** Which local numbers of a phone's outbox the chapter holds, applied or held. */
  device_epochs: {
    device_key: number;
    db_epoch: string;
    /** Ranges, see shared/sync/seq-ranges. */
    have: Json;
    max_local_seq: number;
    first_at: Time;
    last_at: Time;
  };

  map_layers: { name: string; geojson: Json };
  address_points: {
    key: Generated<number>;
    source_id: string;
    number: string;
    street: string;
    unit: string;
    city: string;
    zip: string;
    lon: number | null;
    lat: number | null;
    /** Normalised number and street, see shared/roll/normalise-address. */
    address_key: string;
  };

  /** How files that no layout knows were read, by what their headers look like. */
  saved_mappings: { fingerprint: string; name: string; mapping: Json; saved_at: Time };

  /** Ids that phones gave to dwellings which are doors under another id already. */
  found_twins: { id: DoorId; door_key: number };

  /** Where somebody of the chapter put an address: no import changes it. */
  settled_places: {
    address_key: string;
    lon: number;
    lat: number;
    /** The point of the list that was chosen; null for a pin. */
    address_id: string | null;
    settled_by: MemberId;
    settled_at: Time;
    /** Where its building stood before, for taking it back. */
    was_lon: number | null;
    was_lat: number | null;
    was_grade: PlaceGrade;
    was_precinct: string | null;
  };

  imports: {
    id: ImportId;
    file_name: string;
    sha256: string;
    bytes: number;
    mapping: Json;
    state: ImportState;
    started_by: string;
    started_at: Time;
    finished_at: Time | null;
    report: Json | null;
    problem: Json | null;
    /** Where the file comes from and what it may be used for, see shared/model/terms. */
    terms: Json | null;
    /** How far it is, noted once a second while it runs. */
    step: RollImport['step'];
    rows_read: Generated<number>;
    bytes_read: Generated<number>;
    /** Some process was asked to cancel it. */
    cancel_asked: Generated<Flag>;
    /** Its roll is taking its place, or giving it back: until everything has followed. */
    flip: RollFlip | null;
    /** The member who asked for that; null: nobody by name. */
    flip_by: string | null;
    /** The roll before it is kept and can be brought back. */
    keeps_old: Generated<Flag>;
    /** Takes its place as soon as it is read, without anybody's word. */
    at_once: Generated<Flag>;
    /** How often it was begun: a server that died over it begins it once more. */
    attempts: Generated<number>;
  };
  import_faults: {
    import_id: ImportId;
    line: number;
    /**
     * `rejected` rows are not in the roll; `unplaced` ones are, without a place on the map; of
     * `noted` ones something was left out or put right.
     */
    kind: 'rejected' | 'unplaced' | 'noted';
    reason: string;
    /** The row's cells as JSON. */
    cells: Json;
  };
  buildings: {
    key: Generated<number>;
    id: BuildingId;
    address_key: string;
    number: string;
    street: string;
    city: string;
    zip: string;
    lon: number | null;
    lat: number | null;
    grade: PlaceGrade;
    precinct: string | null;
  };
  doors: {
    key: Generated<number>;
    id: DoorId;
    building_key: number;
    unit: string;
    unit_key: string;
  };
  /** Everyone the chapter has ever known: a person outlives the roll that named them. */
  people: {
    key: Generated<number>;
    id: PersonId;
    kind: 'voter' | 'resident';
    /** The roll's own id for a voter; null for a resident. */
    source_id: string | null;
    door_key: number;
  };
  voters: {
    person_key: number;
    import_id: ImportId;
    line: number;
    first_name: string;
    middle_name: string;
    last_name: string;
    name_suffix: string;
    sex: string | null;
    /** On the day of the import; from a birth date where there is one. */
    age: number | null;
    birth_year: number | null;
    party: string | null;
    registered_on: string | null;
    status: string | null;
    phone: string | null;
    email: string | null;
    precinct: string | null;
    address: string;
    /** The first day on which they may be listed, `YYYY-MM-DD`; null: long since, or nobody knows. */
    adult_on: string | null;
    /** The language they asked for, as the file has it. */
    language: Generated<string | null>;
    /** Districts by name, as `{"congressional":"5"}`; null: the file has none. */
    districts: Generated<Json | null>;
  };
  voted: { person_key: number; election: string; method: string };
  elections: { name: string; label: string; sort_key: string };

  /**
   * Of two people whom somebody found to be one: who gives way to whom. Both stay what they are, so
   * that it can be taken apart; who is shown for both is in merged_people.
   */
  person_merges: {
    loser_key: number;
    winner_key: number;
    /** Null: at the command line. */
    by_member: MemberId | null;
    how: 'hand' | 'rule';
    /** What the search gave them; null: nobody had proposed them. */
    score: number | null;
    /** What of them agreed and what differed, see shared/roll/duplicate-evidence. */
    reasons: Json;
    at: Time;
    /** How long the log was: what came later was said of the one person. */
    seq: number;
  };
  /** Everybody of whom there is more than one record, with the one that is shown for all. */
  merged_people: { person_key: number; face_key: number };
  /** Two people who were found to be two: never proposed again. */
  not_same: { low_key: number; high_key: number; by_member: MemberId | null; at: Time };
  /** The last search for duplicates, one row. */
  duplicate_searches: {
    only: number;
    /** The roll that it read; '' when there was none. */
    import_id: string;
    state: 'running' | 'done' | 'cancelled' | 'failed';
    by_member: MemberId | null;
    started_at: Time;
    finished_at: Time | null;
    /** Who were compared. */
    people: number;
    /** How far it is: of `total`, in its own measure. */
    done: number;
    total: number;
    /** Pairs that were likely enough, kept or not. */
    found: number;
    /** People in blocks so large that only neighbours in the alphabet were compared. */
    cut: number;
    cancel_asked: Flag;
  };
  /** The likeliest of what it found. */
  duplicate_pairs: { low_key: number; high_key: number; score: number; reasons: Json };

  /** Whom a new roll finds at another door; carried out when it is published, then empty. */
  roll_moves: { person_key: number; door_key: number };

  /** Columns of other files that somebody appended to people: no import changes them. */
  layers: {
    id: LayerId;
    name: string;
    /** The chapter's own member list: for admin and research lead alone. */
    members: Flag;
    /** Which values are its: another set takes their place in one flip. */
    set_key: number;
    file_name: string;
    sha256: string;
    bytes: number;
    how: LayerHow;
    /** A LayerTerms. */
    terms: Json;
    /** The names of the columns that were read, in the order of the cells of layer_left_out. */
    header: Json;
    /** A list of LayerColumn. */
    columns: Json;
    /** A LayerCounts. */
    counts: Json;
    /** Null: at the command line. */
    made_by: MemberId | null;
    made_at: Time;
  };
  /** Sets of values; one that no layer has is being written, or was left behind. */
  layer_sets: { key: Generated<number>; begun_at: Time };
  layer_values: {
    set_key: number;
    place: number;
    person_key: number;
    /** A number; 1 or 0 for yes or no. */
    amount: number | null;
    word: string | null;
  };
  /** Rows of a layer's file that are in no column of it. */
  layer_left_out: {
    set_key: number;
    line: number;
    kind: LeftOutRow['kind'];
    reason: string;
    /** Name and house in their normal form, so that who is erased is found here too; or ''. */
    who: string;
    cells: Json;
  };

  residents: { person_key: number; first_name: string; last_name: string; op_id: OpId };
  opt_outs: { person_key: number; op_id: OpId; at: Time };
  /** Everybody there, whoever a later roll or a phone finds at the door as well. */
  door_opt_outs: { door_key: number; op_id: OpId; at: Time };

  /**
   * The roll as universes ask for it, in the order of buildings and doors, so that a question over
   * 500,000 people is one scan. Written anew by refreshUniverseRows; absent values are ''.
   */
  universe_rows: {
    building_key: number;
    door_key: number;
    person_key: number;
    placed: Flag;
    age: number | null;
    party: string;
    precinct: string;
    adult_on: string | null;
    sex: Generated<string | null>;
    status: Generated<string | null>;
    registered_on: Generated<string | null>;
    language: Generated<string | null>;
    districts: Generated<Json | null>;
    /** A bit for each election of election_slots in which they voted. */
    votes: Generated<number>;
  };
  /** Which import the rows above show; '' when there was none. */
  universe_rows_of: { only: number; import_id: string };
  /** Which bit of `votes` an election has, 0 to 51: it keeps it, whatever roll stands. */
  election_slots: { slot: number; election: string };

  /** How far the tables below have folded the log; absent: they are made anew. */
  field_of: { only: number; seq: number; facts: number };
  /**
   * Knocks that named somebody and stand, summed; `scope` is '' for all or a campaign's id. Under who
   * is shown for several records.
   */
  field_people: {
    person_key: number;
    scope: string;
    /** What came of the last. */
    last: string;
    /** Where the last stands among all facts: compares as text. */
    place: string;
    /** Bits of shared/canvass/outcome-words. */
    ever: number;
    support: number | null;
  };
  /** Knocks at a door that stand: when the last was, and what came of those that named nobody. */
  field_doors: {
    door_key: number;
    scope: string;
    knocked_at: Time;
    last: string | null;
    place: string;
    ever: number;
  };
  /** The last answers, as words of shared/canvass/said-token. */
  field_answers: { person_key: number; question_id: string; said: string };
  /** Tags that are carried now. */
  field_tags: { person_key: number; tag: TagId };
  /** At which doors somebody was named, perhaps by a fact that was taken back. */
  field_named: { person_key: number; door_key: number };
  /** Who was shown for whom when the tables above were folded. */
  field_faces: { person_key: number; face_key: number };

  universes: {
    id: UniverseId;
    campaign_id: CampaignId;
    name: string;
    question: Json;
    people: number;
    doors: number;
    created_by: MemberId;
    created_at: Time;
    /** Grows with every change of name or question. */
    version: Generated<number>;
    /** When its people were kept as they were; null: it is asked anew each time. */
    frozen_at: Generated<Time | null>;
    /** Made for a stall or a call list: in no list of universes. */
    aside: Generated<Flag>;
    /** The size that its turfs were asked for in (PlanSize); null: no plan was kept. */
    plan_size: Json | null;
  };
  universe_people: { universe_id: UniverseId; person_key: number };
  turfs: {
    id: TurfId;
    campaign_id: CampaignId;
    universe_id: UniverseId;
    /** Whether its people are met at doors, at a stall, or by telephone. */
    kind: Generated<TurfKind>;
    name: string;
    hue: number;
    state: TurfState;
    version: number;
    outline: Json;
    /** What the cut said of it (TurfAbout); null for one that was drawn. */
    about: Json | null;
    /** Ids of buildings of which it has some units only; null where there are none. */
    towers: Json | null;
    created_at: Time;
    published_at: Time | null;
    /** When the next pass took its place; 0 while a plan is written, or taken down, unseen. */
    closed_at: Time | null;
    /** The turf that the first pass walked; null for that one itself. */
    first_id: TurfId | null;
    pass: Generated<number>;
    /** How it is to be walked (WalkWish); null: as is shortest. */
    walk: Json | null;
    /** Metres of its walk; null: not measured since its doors or its order changed. */
    on_foot: number | null;
  };
  /** A door that left the turf keeps its row, with the moment of the log at which it left. */
  /** Shifts that the chapter announces; who comes is said in facts. */
  shifts: {
    id: ShiftId;
    name: string;
    place: string;
    starts_at: Time;
    ends_at: Time;
    made_by: MemberId;
    made_at: Time;
    cancelled_at: Time | null;
  };
  turf_doors: {
    turf_id: TurfId;
    door_key: number;
    position: number;
    added_seq: Generated<number>;
    removed_seq: number | null;
    /** The same two moments by the server's clock. */
    added_at: Generated<Time>;
    removed_at: Time | null;
  };
  turf_targets: { turf_id: TurfId; person_key: number };
  /** Turfs that were kept under a name, to be used again. */
  turf_sets: {
    id: TurfSetId;
    name: string;
    universe_name: string;
    /** How many there are, and in all of them. */
    turfs: number;
    buildings: number;
    kept_by: MemberId | null;
    kept_at: Time;
  };
  turf_set_turfs: {
    set_id: TurfSetId;
    place: number;
    name: string;
    hue: number;
    outline: Json;
    /** Ids of buildings in walk order, and of those whose floors were shared out with the units. */
    buildings: Json;
    towers: Json;
    walk: Json | null;
  };
  assignments: {
    turf_id: TurfId;
    device_key: number;
    from_at: Time;
    until_at: Time;
    ended_at: Time | null;
    /** When the phone said that it had deleted the turf. */
    purged_at: Time | null;
  };

  scripts: {
    id: ScriptId;
    campaign_id: CampaignId;
    name: string;
    draft: Json;
    version: number;
    created_at: Time;
  };
  script_versions: {
    id: ScriptVersionId;
    script_id: ScriptId;
    number: number;
    name: string;
    body: Json;
    published_by: MemberId;
    published_at: Time;
  };

  /** Lasting marks that canvassers choose from: who carries one is in the log alone. */
  tags: {
    id: TagId;
    name: string;
    version: number;
    made_by: MemberId;
    made_at: Time;
    /** Null: it is offered at doors. */
    retired_at: Time | null;
  };
  /** Petitions and pledges: who signed is in the log alone. */
  petitions: {
    id: PetitionId;
    campaign_id: CampaignId;
    kind: PetitionKind;
    title: string;
    /** From `opened_at` on it never changes, in no language. */
    wording: string;
    /** What it is written in, if somebody said so. */
    language: string | null;
    /** PetitionTranslation[]. */
    translations: Generated<Json>;
    version: number;
    created_by: MemberId;
    created_at: Time;
    opened_at: Time | null;
    closed_at: Time | null;
  };
  /** What the desk adds to a promise of the log: who keeps it by when, and how it ended. */
  follow_up_states: {
    op_id: OpId;
    who_id: MemberId | null;
    /** A day of the chapter. */
    by_day: string | null;
    ended: FollowUpEnd | null;
    note: string;
    changed_by: MemberId;
    changed_at: Time;
    version: number;
  };
  /** The chapter's own words for what people are asked to allow, by language. */
  asked_words: {
    about: Asked;
    language: string;
    wording: string;
    set_by: MemberId;
    set_at: Time;
  };

  /** The chapter's log: the truth. Appended only, in the order of `seq`. */
  ops: {
    seq: number;
    op_id: Uint8Array;
    type: string;
    door_key: number;
    person_key: number | null;
    device_key: number;
    db_epoch: string;
    local_seq: number;
    supersedes: Uint8Array | null;
    /** When the door was knocked, by the phone's clock. */
    at: Time;
    received_at: Time;
    sha256: Uint8Array;
    body: string;
    /** The stamp that counts where the fact's own was too far ahead; null otherwise (P11). */
    eff_hlc: string | null;
    /** Recorded after the turf was taken back, but soon enough (P8). */
    late: Generated<Flag>;
    /** Of the fact as it came, where it was emptied since; `sha256` is of the body that is here. */
    was_sha256: Uint8Array | null;
  };
  /** What arrived and could not be applied, kept whole. */
  held_ops: {
    key: Generated<number>;
    op_id: string;
    device_key: number;
    reason: string;
    received_at: Time;
    sha256: string;
    /** UTF-8: what cannot be applied may hold anything, NUL included. */
    body: Uint8Array;
    /** The phone or, when null, the desk or device itself that brought it. */
    carried_by: number | null;
    decision: HeldDecision | null;
    decided_by: MemberId | null;
    decided_at: Time | null;
    why: string | null;
    /** Where it stands in the log since it was accepted. */
    as_seq: number | null;
    /** Whoever it named was erased: the hash is of the body as it came, not of this one. */
    emptied: Generated<Flag>;
  };

  exports: {
    id: string;
    kind: string;
    member_id: MemberId;
    at: Time;
    rows: number | null;
    bytes: number | null;
    sha256: string | null;
    purpose: string | null;
    /** The download broke off: the numbers are what left at most. */
    broken: Generated<Flag>;
  };
}
