import { type ArchiveResource, field, fromSql, refers } from './resource.ts';

/** The roll and the places: whom the chapter knows, and where they live. */
export const ROLL_RESOURCES: readonly ArchiveResource[] = [
  {
    name: 'imports',
    description: 'Voter files that were read in, with the terms under which the chapter has them.',
    fields: [
      field('id', 'string', 'The import.'),
      field('file_name', 'string', 'Its file, as it was called.'),
      field('sha256', 'string', 'SHA-256 of the file, hex.'),
      field('bytes', 'integer', 'Size of the file.'),
      field('state', 'string', 'How it ended.'),
      field('started_by', 'string', 'The member who started it.'),
      field('started_at', 'datetime', 'When it began (UTC).'),
      field('finished_at', 'datetime', 'When it ended (UTC).'),
      field('report', 'object', 'What became of each row, as JSON.'),
      field('terms', 'object', 'Where the file comes from and what it may be used for, as JSON.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [],
    rows: fromSql(`select id, file_name, sha256, bytes, state, started_by, started_at, finished_at,
      report, terms from imports order by started_at, id`),
  },
  {
    name: 'elections',
    description: 'Elections that the roll knows.',
    fields: [
      field('name', 'string', 'The election, mostly its day.'),
      field('label', 'string', 'What it is called.'),
    ],
    primaryKey: ['name'],
    foreignKeys: [],
    rows: fromSql('select name, label from elections order by sort_key, name'),
  },
  {
    name: 'buildings',
    description: 'Houses: one row an address without its unit.',
    fields: [
      field('id', 'string', 'The building; the same after every import.'),
      field('number', 'string', 'House number.'),
      field('street', 'string', 'Street.'),
      field('city', 'string', 'City or town.'),
      field('zip', 'string', 'ZIP code.'),
      field('lon', 'number', 'Longitude in degrees (WGS 84).'),
      field('lat', 'number', 'Latitude in degrees (WGS 84).'),
      field('grade', 'string', 'How well the place on the map is known.'),
      field('precinct', 'string', 'Precinct.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [],
    rows: fromSql(`select id, number, street, city, zip, lon, lat, grade, precinct
      from buildings order by key`),
  },
  {
    name: 'settled_places',
    description: 'Where somebody put an address that was not on the list: imports keep to it.',
    fields: [
      field('address_key', 'string', 'The address in its normal form.'),
      field('lon', 'number', 'Longitude in degrees (WGS 84).'),
      field('lat', 'number', 'Latitude in degrees (WGS 84).'),
      field('address_id', 'string', 'The point of the list that was chosen; empty for a pin.'),
      field('settled_by', 'string', 'The member who did it.'),
      field('settled_at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['address_key'],
    foreignKeys: [],
    rows: fromSql(`select address_key, lon, lat, address_id, settled_by, settled_at
      from settled_places order by address_key`),
  },
  {
    name: 'saved_mappings',
    description: 'How voter files were read whose columns somebody mapped by hand.',
    fields: [
      field('fingerprint', 'string', 'What their headers have in common.'),
      field('name', 'string', 'The file that it was made for.'),
      field('mapping', 'string', 'Columns and what they mean, as JSON.'),
      field('saved_at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['fingerprint'],
    foreignKeys: [],
    rows: fromSql(`select fingerprint, name, mapping, saved_at
      from saved_mappings order by fingerprint`),
  },
  {
    name: 'doors',
    description: 'Doors: one row a unit of a building.',
    fields: [
      field('id', 'string', 'The door; the same after every import.'),
      field('building_id', 'string', 'Its building.'),
      field('unit', 'string', 'Apartment or unit; empty for the only door.'),
      field('do_not_contact', 'boolean', 'Nobody at this door is contacted any more.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [refers('building_id', 'buildings')],
    rows: fromSql(`select d.id, b.id as building_id, d.unit,
      exists (select 1 from door_opt_outs o where o.door_key = d.key) as do_not_contact
      from doors d join buildings b on b.key = d.building_key order by d.key`),
  },
  {
    name: 'found_twins',
    description:
      'Other ids under which doors were found: a dwelling that somebody added though it was a door already. log.jsonl names doors by them too.',
    fields: [
      field('id', 'string', 'The id that a phone gave it.'),
      field('door_id', 'string', 'The door that it is.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [refers('door_id', 'doors')],
    rows: fromSql(`select t.id, d.id as door_id from found_twins t
      join doors d on d.key = t.door_key order by t.id`),
  },
  {
    name: 'people',
    description:
      'Everyone whom the chapter has ever known: voters, with what the newest roll says of them, and residents who were met at a door.',
    fields: [
      field('id', 'string', 'The person; the same after every import.'),
      field('kind', 'string', 'voter or resident.'),
      field('voter_id', 'string', 'The roll’s own id; empty for a resident.'),
      field('door_id', 'string', 'Where they live.'),
      field('in_roll', 'boolean', 'False: not in the newest roll.'),
      field(
        'do_not_contact',
        'boolean',
        'They asked not to be contacted, under this record or another of theirs.',
      ),
      field('shown_as', 'string', 'The record that is shown for this one; empty: itself.'),
      field('first_name', 'string', 'First name.'),
      field('middle_name', 'string', 'Middle name.'),
      field('last_name', 'string', 'Last name.'),
      field('name_suffix', 'string', 'Jr, III and the like.'),
      field('sex', 'string', 'As the roll has it.'),
      field('age', 'integer', 'On the day of the import.'),
      field('birth_year', 'integer', 'Year of birth.'),
      field('party', 'string', 'Party of registration.'),
      field('registered_on', 'string', 'As the roll has it.'),
      field('status', 'string', 'Status of the registration.'),
      field('phone', 'string', 'Phone number in the roll.'),
      field('email', 'string', 'E-mail address in the roll.'),
      field('precinct', 'string', 'Precinct in the roll.'),
      field('language', 'string', 'The language they asked for.'),
      field('districts', 'string', 'Districts by name, as JSON.'),
      field('address', 'string', 'The address as the roll writes it.'),
      field('import_id', 'string', 'The voter file that this is from.'),
    ],
    primaryKey: ['id'],
    foreignKeys: [refers('door_id', 'doors')],
    rows: fromSql(`select p.id, p.kind, p.source_id, d.id as door_id,
      v.person_key is not null as in_roll,
      exists (select 1 from opt_outs o where o.person_key = p.key)
        or exists (select 1 from merged_people own
          join merged_people all_of on all_of.face_key = own.face_key
          join opt_outs o on o.person_key = all_of.person_key
          where own.person_key = p.key) as do_not_contact,
      (select f.id from merged_people m join people f on f.key = m.face_key
        where m.person_key = p.key and m.face_key <> p.key) as shown_as,
      coalesce(v.first_name, r.first_name) as first_name, v.middle_name,
      coalesce(v.last_name, r.last_name) as last_name, v.name_suffix, v.sex, v.age, v.birth_year,
      v.party, v.registered_on, v.status, v.phone, v.email, v.precinct, v.language,
      v.districts, v.address, v.import_id
      from people p join doors d on d.key = p.door_key
      left join voters v on v.person_key = p.key left join residents r on r.person_key = p.key
      order by p.key`),
  },
  {
    name: 'person_merges',
    description: 'Records that somebody found to be the same person’s. Both stay what they are.',
    fields: [
      field('person_id', 'string', 'The record that gives way.'),
      field('into_id', 'string', 'The record that is kept.'),
      field('how', 'string', 'By hand or by a rule.'),
      field('by_member', 'string', 'Who did it; empty: at the command line.'),
      field('score', 'number', 'How likely it was, from 0 to 1, if a search had proposed it.'),
      field('reasons', 'object', 'Which fields agreed and which differed, as JSON.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['person_id'],
    foreignKeys: [refers('person_id', 'people'), refers('into_id', 'people')],
    rows: fromSql(`select l.id, w.id as into_id, m.how, m.by_member, m.score, m.reasons, m.at
      from person_merges m join people l on l.key = m.loser_key
      join people w on w.key = m.winner_key order by m.loser_key`),
  },
  {
    name: 'not_same',
    description: 'Records that somebody found to be two people’s, so that nobody is asked again.',
    fields: [
      field('person_id', 'string', 'One.'),
      field('other_id', 'string', 'The other.'),
      field('by_member', 'string', 'Who said so; empty: at the command line.'),
      field('at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['person_id', 'other_id'],
    foreignKeys: [refers('person_id', 'people'), refers('other_id', 'people')],
    rows: fromSql(`select l.id, h.id as other_id, n.by_member, n.at from not_same n
      join people l on l.key = n.low_key join people h on h.key = n.high_key
      order by n.low_key, n.high_key`),
  },
  {
    name: 'layers',
    description: 'Columns of other files that the chapter has appended to people, with where from.',
    fields: [
      field('id', 'string', 'The layer.'),
      field('name', 'string', 'What it is called.'),
      field('members', 'boolean', 'The chapter’s own member list.'),
      field('file_name', 'string', 'Its file, as it was called.'),
      field('sha256', 'string', 'SHA-256 of the file, hex.'),
      field('how', 'string', 'How people were found: id, name or both.'),
      field('terms', 'object', 'Where it is from and what it may be used for, as JSON.'),
      field('columns', 'array', 'Its columns with their kind and what they hold, as JSON.'),
      field('counts', 'object', 'What became of each row, as JSON.'),
      field('header', 'array', 'The columns of rows that were left out, as JSON.'),
      field('made_by', 'string', 'The member who appended it; empty: the command line.'),
      field('made_at', 'datetime', 'When (UTC).'),
    ],
    primaryKey: ['id'],
    foreignKeys: [],
    rows: fromSql(`select id, name, members, file_name, sha256, how, terms, columns, counts, header,
      made_by, made_at from layers order by name`),
  },
  {
    name: 'layer_values',
    description: 'What each layer says of each person.',
    fields: [
      field('layer_id', 'string', 'The layer.'),
      field('place', 'integer', 'Which of its columns; 0: who is in the file.'),
      field('person_id', 'string', 'The person.'),
      field('amount', 'number', 'A number; 1 or 0 for yes or no.'),
      field('word', 'string', 'A word or a text.'),
    ],
    primaryKey: ['layer_id', 'place', 'person_id'],
    foreignKeys: [refers('layer_id', 'layers'), refers('person_id', 'people')],
    rows: fromSql(`select l.id as layer_id, v.place, p.id as person_id, v.amount, v.word
      from layers l join layer_values v on v.set_key = l.set_key
      join people p on p.key = v.person_key order by l.name, v.place, v.person_key`),
  },
  {
    name: 'layer_left_out',
    description:
      'Rows of layers that matched nobody for sure: among them members who are in no roll.',
    fields: [
      field('layer_id', 'string', 'The layer.'),
      field('line', 'integer', 'The line of its file.'),
      field('kind', 'string', 'ambiguous, unmatched, rejected or noted.'),
      field('reason', 'string', 'Why.'),
      field('cells', 'array', 'The cells, in the order of the layer’s header, as JSON.'),
    ],
    primaryKey: ['layer_id', 'line'],
    foreignKeys: [refers('layer_id', 'layers')],
    rows: fromSql(`select l.id as layer_id, o.line, o.kind, o.reason, o.cells
      from layers l join layer_left_out o on o.set_key = l.set_key order by l.name, o.line`),
  },
  {
    name: 'voted',
    description: 'Which elections each voter has voted in.',
    fields: [
      field('person_id', 'string', 'The voter.'),
      field('election', 'string', 'The election.'),
      field('method', 'string', 'How, where the roll says it.'),
    ],
    primaryKey: ['person_id', 'election'],
    foreignKeys: [refers('person_id', 'people'), refers('election', 'elections', 'name')],
    rows: fromSql(`select p.id, h.election, h.method from voted h
      join people p on p.key = h.person_key join elections e on e.name = h.election
      order by h.person_key, h.election`),
  },
];
